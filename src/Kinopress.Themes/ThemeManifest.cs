using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinopress.Themes;

/// <summary>The theme's own description, <c>theme.json</c>.</summary>
public sealed record ThemeManifest
{
    /// <summary>The newest engine level this build understands; a theme asks for one level and works with all later ones.</summary>
    public const int CurrentEngineLevel = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        MaxDepth = 16,
    };

    /// <summary>Lower-case letters, digits and hyphens; the folder's name.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    [JsonPropertyName("engine")]
    public required int EngineLevel { get; init; }

    public string? Author { get; init; }

    /// <summary>SPDX expression.</summary>
    public string? Licence { get; init; }

    /// <summary>Id of the theme whose files stand in for those this one lacks; null means the built-in one.</summary>
    public string? Parent { get; init; }

    /// <summary>What the theme was made for: <c>dark</c>, <c>rtl</c>, <c>embed</c>, …</summary>
    public IReadOnlyList<string> Supports { get; init; } = [];

    /// <exception cref="ThemeManifestException">The text is not a manifest; the message says why, for the theme's author.</exception>
    public static ThemeManifest Parse(ReadOnlySpan<byte> utf8)
    {
        var manifest = Deserialize(utf8);
        if (!IsId(manifest.Id) || (manifest.Parent is { } parent && !IsId(parent)))
        {
            throw new ThemeManifestException("'id' and 'parent' are made of lower-case letters, digits and hyphens.");
        }

        if (string.IsNullOrWhiteSpace(manifest.Name) || string.IsNullOrWhiteSpace(manifest.Version))
        {
            throw new ThemeManifestException("'name' and 'version' must not be empty.");
        }

        if (manifest.EngineLevel is < 1 or > CurrentEngineLevel)
        {
            throw new ThemeManifestException($"'engine' is {manifest.EngineLevel}; this site understands 1 to {CurrentEngineLevel}.");
        }

        return manifest;
    }

    private static ThemeManifest Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<ThemeManifest>(utf8, Json) ?? throw new ThemeManifestException("The manifest is empty.");
        }
        catch (JsonException exception)
        {
            throw new ThemeManifestException(exception.Message, exception);
        }
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>A <c>theme.json</c> that cannot be used.</summary>
public sealed class ThemeManifestException(string message, Exception? innerException = null) : Exception(message, innerException);
