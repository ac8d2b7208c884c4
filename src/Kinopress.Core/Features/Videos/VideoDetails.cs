using System.Text.RegularExpressions;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>The words and audience of a video, tidied and within bounds. Lengths are in characters as people count them.</summary>
public sealed record VideoDetails(
    string Title,
    string? Description,
    IReadOnlyList<string> Tags,
    string? Category,
    string? Language,
    string? Licence,
    Visibility Visibility)
{
    public const int MaxTitleLength = 200;
    public const int MaxDescriptionLength = 10_000;
    public const int MaxTags = 20;
    public const int MaxTagLength = 50;
    public const int MaxCategoryLength = 60;
    public const int MaxLicenceLength = 60;

    public const string Untitled = "Untitled video";

    /// <summary>A file's name as a title: its last part, without extension, with underscores as spaces.</summary>
    public static string TitleFromFileName(string? fileName)
    {
        var lastPart = fileName?.Split('/', '\\')[^1];
        var stem = Path.GetFileNameWithoutExtension(lastPart) is { Length: > 0 } name ? name : lastPart;
        return Text.SingleLine(stem?.Replace('_', ' '), MaxTitleLength) ?? Untitled;
    }

    /// <summary>Each once, without the sign in front. There may be more than <see cref="MaxTags"/>.</summary>
    public static List<string> TidyTags(IReadOnlyList<string> tags) =>
        tags.Take(MaxTags * 10)
            .Select(tag => Text.SingleLine(tag, MaxTagLength)?.TrimStart('#'))
            .OfType<string>()
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
}

/// <summary>Changes to a video as typed; null leaves a thing as it is, an empty text removes it.</summary>
public sealed partial record VideoEdit
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Category { get; init; }

    public string? Language { get; init; }

    public string? Licence { get; init; }

    /// <summary>A member of <see cref="Videos.Visibility"/>, in any case.</summary>
    public string? Visibility { get; init; }

    /// <summary>The video's details after the change; or <c>video.invalid</c> with messages by field.</summary>
    public Result<VideoDetails> ApplyTo(Video video)
    {
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var title = Title is null ? video.Title : Text.SingleLine(Title, VideoDetails.MaxTitleLength);
        if (title is null)
        {
            mistakes["title"] = "Give the video a title.";
        }

        var visibility = video.Visibility;
        if (Visibility is not null && !VisibilityName.TryParse(Visibility, out visibility))
        {
            mistakes["visibility"] = "Choose public, unlisted, private or internal.";
        }

        var language = Language is null ? video.Language : Text.SingleLine(Language, 35);
        if (language is not null && !LanguageTag().IsMatch(language))
        {
            mistakes["language"] = "Use a language code such as en or pt-BR.";
        }

        var tags = Tags is null ? video.Tags : VideoDetails.TidyTags(Tags);
        if (tags.Count > VideoDetails.MaxTags)
        {
            mistakes["tags"] = $"Use at most {VideoDetails.MaxTags} tags.";
        }

        if (Description?.Length > VideoDetails.MaxDescriptionLength)
        {
            mistakes["description"] = $"Use at most {VideoDetails.MaxDescriptionLength} characters.";
        }

        if (mistakes.Count > 0 || title is null)
        {
            return VideoFailures.Invalid(mistakes);
        }

        return new VideoDetails(
            title,
            Description is null ? video.Description : Text.MultiLine(Description, VideoDetails.MaxDescriptionLength),
            tags,
            Category is null ? video.Category : Text.SingleLine(Category, VideoDetails.MaxCategoryLength),
            language,
            Licence is null ? video.Licence : Text.SingleLine(Licence, VideoDetails.MaxLicenceLength),
            visibility);
    }

    // The shape of RFC 5646 §2.1, not its registry.
    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex LanguageTag();
}

/// <summary>Visibilities as the API and forms spell them.</summary>
public static class VisibilityName
{
    /// <summary>False for numbers and unknown words; never throws.</summary>
    public static bool TryParse(string? text, out Visibility visibility)
    {
        visibility = default;
        return text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out visibility) && Enum.IsDefined(visibility);
    }

    public static string Of(Visibility visibility) => visibility.ToString().ToLowerInvariant();
}
