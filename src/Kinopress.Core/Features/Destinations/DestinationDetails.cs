using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>What a destination is, tidied and within bounds; without its stream key.</summary>
public sealed record DestinationDetails(string Name, DestinationPreset Preset, string Url)
{
    public const int MaxNameLength = 60;
    public const int MaxUrlLength = 1024;
    public const int MaxStreamKeyLength = 512;

    /// <summary>In one channel.</summary>
    public const int MaxCount = 50;

    public static DestinationDetails Blank { get; } = new(Name: "", DestinationPreset.Custom, Url: "");

    /// <summary>The server of a service; null where everybody has one of his own.</summary>
    public static string? UrlOf(DestinationPreset preset) => preset switch
    {
        DestinationPreset.YouTube => "rtmps://a.rtmps.youtube.com/live2",
        DestinationPreset.Twitch => "rtmps://live.twitch.tv/app",
        DestinationPreset.Facebook => "rtmps://live-api-s.facebook.com:443/rtmp",
        _ => null,
    };

    /// <summary>The service's own name; null where it has none.</summary>
    public static string? NameOf(DestinationPreset preset) => preset == DestinationPreset.Custom ? null : preset.ToString();
}

/// <summary>What a destination shall be, or become, as typed; null leaves a thing as it is.</summary>
public sealed record DestinationEdit
{
    /// <summary>The public id of the live it belongs to; null for every live of the channel. Only of a new one.</summary>
    public string? Live { get; init; }

    /// <summary>Null for the service's own name.</summary>
    public string? Name { get; init; }

    /// <summary>youtube, twitch, kick, facebook or custom.</summary>
    public string? Preset { get; init; }

    /// <summary>Of the server; empty for the service's own, as is null where the service is new.</summary>
    public string? Url { get; init; }

    /// <summary>As the service shows it. May stand at the end of the address instead.</summary>
    public string? StreamKey { get; init; }

    /// <summary>A new one is enabled unless this says no. Changed later by <see cref="EnableDestination"/>.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Without the key, which a log must not hold.</summary>
    public override string ToString() => $"{Preset} {Name}";

    /// <param name="before">As it stands; <see cref="DestinationDetails.Blank"/> for a new one.</param>
    /// <param name="needsKey">There is none yet.</param>
    /// <returns>The details after the change, and the new key if one was given; or <c>destination.invalid</c> with messages by field.</returns>
    internal Result<EditedDestination> ApplyTo(DestinationDetails before, bool needsKey)
    {
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var preset = before.Preset;
        if (Preset is not null && (!Enum.TryParse(Preset, ignoreCase: true, out preset) || !Enum.IsDefined(preset) || char.IsAsciiDigit(Preset.TrimStart()[0])))
        {
            mistakes["preset"] = "Choose youtube, twitch, kick, facebook or custom.";
        }

        var isOther = needsKey || preset != before.Preset;
        var name = Text.SingleLine(Name ?? (isOther ? DestinationDetails.NameOf(preset) : null) ?? before.Name, DestinationDetails.MaxNameLength);
        if (name is null)
        {
            mistakes["name"] = "Give it a name.";
        }

        var typed = Url is null && !isOther ? before.Url : string.IsNullOrWhiteSpace(Url) ? DestinationDetails.UrlOf(preset) ?? "" : Url;
        var address = DestinationAddress.Parse(typed, StreamKey, out var mistake);
        if (mistake is not null)
        {
            mistakes["url"] = mistake;
        }

        var key = address?.StreamKey;
        if (address is not null && key is null && needsKey)
        {
            mistakes["streamKey"] = "Copy the stream key from the service.";
        }
        else if (address is not null && key is null && !DestinationAddress.IsSameServer(address.Url, before.Url))
        {
            // Who may edit may not read the key: it goes to no server but the one it was entered for.
            mistakes["streamKey"] = "Enter the key again: the server is another.";
        }
        else if (key is not null && (key.Length > DestinationDetails.MaxStreamKeyLength || key.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))))
        {
            mistakes["streamKey"] = "A stream key has no blanks and at most 512 characters. Copy it again.";
        }

        return mistakes.Count > 0 || name is null || address is null
            ? DestinationFailures.Invalid(mistakes)
            : new EditedDestination(new DestinationDetails(name, preset, address.Url), key);
    }
}

/// <summary>A destination after an edit.</summary>
/// <param name="StreamKey">Null where the one before stays.</param>
internal sealed record EditedDestination(DestinationDetails Details, string? StreamKey)
{
    public override string ToString() => Details.Name;
}
