using System.Globalization;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>The words, audience and settings of a live, tidied and within bounds.</summary>
/// <param name="ScheduledAt">UTC; null when nothing is planned.</param>
public sealed record LiveDetails(
    string Title,
    string? Description,
    IReadOnlyList<string> Tags,
    Visibility Visibility,
    DateTimeOffset? ScheduledAt,
    int DvrWindowInSeconds,
    bool Records,
    bool AllowsClips,
    bool HasChat,
    bool HasLadder)
{
    public const int DefaultDvrWindowInSeconds = 2 * 60 * 60;
    public const int MaxDvrWindowInSeconds = 12 * 60 * 60;

    /// <summary>What a new live is before anything is said of it. A title is missing still.</summary>
    public static LiveDetails Blank { get; } = new(
        Title: "", Description: null, Tags: [], Visibility.Public, ScheduledAt: null, DefaultDvrWindowInSeconds, Records: true, AllowsClips: true, HasChat: true, HasLadder: false);
}

/// <summary>What a live shall be, or become, as typed; null leaves a thing as it is, an empty text removes it.</summary>
public sealed record LiveEdit
{
    private static readonly TimeSpan FurthestPlan = TimeSpan.FromDays(366);

    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A member of <see cref="Videos.Visibility"/>, in any case.</summary>
    public string? Visibility { get; init; }

    /// <summary>When it is planned to go on air (RFC 3339), in the future.</summary>
    public string? ScheduledAt { get; init; }

    /// <summary>0 to <see cref="LiveDetails.MaxDvrWindowInSeconds"/>.</summary>
    public int? DvrWindowSeconds { get; init; }

    /// <summary>Each time on air leaves a video.</summary>
    public bool? Record { get; init; }

    public bool? AllowClips { get; init; }

    public bool? Chat { get; init; }

    /// <summary>Make smaller qualities while it is on air.</summary>
    public bool? Ladder { get; init; }

    /// <param name="before">As it stands; <see cref="LiveDetails.Blank"/> for a new live.</param>
    /// <returns>The details after the change; or <c>live.invalid</c> with messages by field.</returns>
    public Result<LiveDetails> ApplyTo(LiveDetails before, DateTimeOffset now)
    {
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var title = Text.SingleLine(Title ?? before.Title, VideoDetails.MaxTitleLength);
        if (title is null)
        {
            mistakes["title"] = "Give the live a title.";
        }

        var visibility = before.Visibility;
        if (Visibility is not null && !VisibilityName.TryParse(Visibility, out visibility))
        {
            mistakes["visibility"] = "Choose public, unlisted, private or internal.";
        }

        var tags = Tags is null ? before.Tags : VideoDetails.TidyTags(Tags);
        if (tags.Count > VideoDetails.MaxTags)
        {
            mistakes["tags"] = $"Use at most {VideoDetails.MaxTags} tags.";
        }

        if (Description?.Length > VideoDetails.MaxDescriptionLength)
        {
            mistakes["description"] = $"Use at most {VideoDetails.MaxDescriptionLength} characters.";
        }

        if (DvrWindowSeconds is < 0 or > LiveDetails.MaxDvrWindowInSeconds)
        {
            mistakes["dvrWindowSeconds"] = "Viewers may rewind by up to twelve hours: use 0 to 43200 seconds.";
        }

        var scheduledAt = Planned(before.ScheduledAt, now, mistakes);
        if (mistakes.Count > 0 || title is null)
        {
            return LiveFailures.Invalid(mistakes);
        }

        return new LiveDetails(
            title,
            Description is null ? before.Description : Text.MultiLine(Description, VideoDetails.MaxDescriptionLength),
            tags,
            visibility,
            scheduledAt,
            DvrWindowSeconds ?? before.DvrWindowInSeconds,
            Record ?? before.Records,
            AllowClips ?? before.AllowsClips,
            Chat ?? before.HasChat,
            Ladder ?? before.HasLadder);
    }

    // A moment that was set before may have passed; sending it again along with another change is no mistake.
    private DateTimeOffset? Planned(DateTimeOffset? before, DateTimeOffset now, Dictionary<string, string> mistakes)
    {
        if (ScheduledAt is null)
        {
            return before;
        }

        if (string.IsNullOrWhiteSpace(ScheduledAt))
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(ScheduledAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            mistakes["scheduledAt"] = "Write the moment as in 2030-05-31T20:00:00Z.";
            return before;
        }

        if (moment == before)
        {
            return before;
        }

        if (moment <= now || moment > now + FurthestPlan)
        {
            mistakes["scheduledAt"] = "Choose a moment in the future, within a year.";
        }

        return moment;
    }
}
