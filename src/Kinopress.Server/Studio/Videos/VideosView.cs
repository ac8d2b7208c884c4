using Kinopress.Core.Features.Lives;

namespace Kinopress.Server.Studio.Videos;

/// <summary>The list of videos.</summary>
/// <param name="Search">The words the list is narrowed by; null when it is not.</param>
/// <param name="NextUrl">Address of the next rows; null on the last page.</param>
/// <param name="CurrentUrl">Address of this list, where row actions lead back to.</param>
public sealed record VideosView(
    StudioFrame Frame,
    VideosTab Tab,
    VideoCounts Counts,
    string? Search,
    IReadOnlyList<VideoRow> Rows,
    string? NextUrl,
    string CurrentUrl);

/// <summary>The tabs over the list; <c>?tab=</c> holds the lower-case name.</summary>
public enum VideosTab
{
    All,
    Published,
    Drafts,
    Trash,
}

public sealed record VideoCounts(int All, int Published, int Drafts, int Trash);

/// <summary>How far the site is with preparing a video.</summary>
public enum PreparationState
{
    Waiting,
    Processing,

    /// <summary>Watchable; more qualities follow.</summary>
    Playable,
    Ready,
    Failed,
}

/// <summary>One video of the list.</summary>
/// <param name="Progress">Of the preparation, 0 to 1.</param>
/// <param name="Problem">Why the preparation failed, in plain words; null when it did not.</param>
/// <param name="Visibility">The stable word: public, unlisted, private, internal.</param>
/// <param name="PublishedAt">First public moment, possibly in the future; null for a draft.</param>
/// <param name="PublishesWhenReady">True when it becomes public as soon as it can be watched.</param>
/// <param name="WatchUrl">Null until it can be watched.</param>
/// <param name="Recorded">How it came off a live; null for one that did not.</param>
public sealed record VideoRow(
    string PublicId,
    string Title,
    string? ThumbnailUrl,
    bool IsPortrait,
    TimeSpan? Duration,
    PreparationState State,
    double Progress,
    string? Problem,
    string Visibility,
    DateTimeOffset? PublishedAt,
    bool PublishesWhenReady,
    DateTimeOffset CreatedAt,
    string? WatchUrl,
    RecordedVideoKind? Recorded);
