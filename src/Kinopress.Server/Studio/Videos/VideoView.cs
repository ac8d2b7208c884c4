using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Studio.Videos;

/// <summary>One video with everything about it.</summary>
/// <param name="Title">As it is kept, whatever the form holds.</param>
/// <param name="Errors">Field name to what is wrong; the empty key for what belongs to no field.</param>
/// <param name="TrashedUntil">When it is deleted for good; null for a video that is not in the trash.</param>
/// <param name="Player">Null until it can be watched.</param>
/// <param name="WatchUrl">Absolute; null until it can be watched.</param>
/// <param name="EmbedCode">HTML for other pages; null until it can be watched.</param>
/// <param name="Problem">Why preparing failed, in plain words; null when it did not.</param>
/// <param name="Progress">Of the preparation, 0 to 1.</param>
/// <param name="Trim">Null while it cannot be trimmed.</param>
/// <param name="Chapters">Null until its length is known.</param>
public sealed record VideoView(
    StudioFrame Frame,
    string PublicId,
    string Title,
    PreparationState State,
    double Progress,
    string? Problem,
    DateTimeOffset? PublishedAt,
    bool PublishesWhenReady,
    DateTimeOffset CreatedAt,
    DateTimeOffset? TrashedUntil,
    string OriginalFileName,
    string? ThumbnailUrl,
    bool IsPortrait,
    VideoPlayerView? Player,
    string? WatchUrl,
    string? EmbedCode,
    IReadOnlyList<JobRow> Jobs,
    VideoForm Form,
    IReadOnlyDictionary<string, string> Errors,
    VideoTrimView? Trim,
    VideoChaptersView? Chapters);

/// <summary>Which part of a video is shown.</summary>
/// <param name="From">As it stands or as it was typed. <paramref name="To"/> likewise.</param>
/// <param name="OffsetInMilliseconds">Where the preview starts in the whole.</param>
/// <param name="Error">What is wrong with what was typed; null when nothing is.</param>
public sealed record VideoTrimView(TimeSpan Whole, bool IsTrimmed, string From, string To, long OffsetInMilliseconds, string? Error);

/// <summary>What was typed and refused.</summary>
public sealed record RefusedTrim(string From, string To, string Error);

/// <summary>The chapters of a video, in the time of the whole.</summary>
/// <param name="Revision">The revision of the video the form was made from.</param>
/// <param name="Lines">As they stand or as they were typed, one a line.</param>
/// <param name="Shown">The part viewers see; null when that is all of it.</param>
/// <param name="OffsetInMilliseconds">Where the preview starts in the whole.</param>
/// <param name="Mistakes">What is wrong with what was typed; empty when nothing is.</param>
public sealed record VideoChaptersView(int Revision, string Lines, TimeSpan Whole, VideoTrim? Shown, long OffsetInMilliseconds, IReadOnlyList<string> Mistakes);

/// <summary>What was typed and refused.</summary>
public sealed record RefusedChapters(string Lines, IReadOnlyList<string> Mistakes);

/// <summary>Which form of the page was posted and refused. The others show what is stored.</summary>
public sealed record RefusedForm
{
    public static RefusedForm None { get; } = new();

    public VideoEdit? Edit { get; init; }

    /// <summary>Why the details were refused.</summary>
    public Failure? Failure { get; init; }

    public RefusedTrim? Trim { get; init; }

    public RefusedChapters? Chapters { get; init; }
}

/// <summary>What the preview player needs.</summary>
/// <param name="Source">Address of the multivariant playlist.</param>
/// <param name="StoryboardUrl">WebVTT; null until it is made.</param>
/// <param name="ChaptersUrl">WebVTT; null when there are none.</param>
/// <param name="IsGrowing">True while the playlist still gains segments.</param>
/// <param name="AspectRatio">Width by height; null when unknown.</param>
public sealed record VideoPlayerView(
    string Source, string? PosterUrl, string? StoryboardUrl, string? ChaptersUrl, long DurationInMilliseconds, bool IsGrowing, double? AspectRatio);

/// <summary>What the creator edits, as it stands or as it was posted.</summary>
/// <param name="Tags">Separated by commas.</param>
/// <param name="Category">Empty for none; so are language and licence.</param>
/// <param name="Revision">The revision of the video the form was made from.</param>
public sealed record VideoForm(
    int Revision,
    string Title,
    string Description,
    string Tags,
    string Category,
    string Language,
    string Licence,
    string Visibility,
    IReadOnlyList<Choice> Categories,
    IReadOnlyList<Choice> Languages,
    IReadOnlyList<Choice> Licences,
    IReadOnlyList<Choice> Visibilities);

/// <summary>Where a step of the preparation stands.</summary>
public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Canceled,
}

/// <summary>One step of the preparation.</summary>
/// <param name="Label">In a creator's words, such as “1080p” or “Preview pictures”.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="SecondsLeft">Null when unknown.</param>
/// <param name="Problem">In plain words; null unless it failed.</param>
public sealed record JobRow(
    string Id, string Label, JobState State, double Progress, int? SecondsLeft, string? Problem);
