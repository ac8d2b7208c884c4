using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>A video made for reading: pages, themes and the API build on it.</summary>
public sealed record VideoView
{
    public required Id<Video> Id { get; init; }

    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Category { get; init; }

    public string? Language { get; init; }

    public string? Licence { get; init; }

    public required Visibility Visibility { get; init; }

    public required VideoState State { get; init; }

    /// <summary>0 to 1: how much of the planned work is done.</summary>
    public required double Progress { get; init; }

    /// <summary>Of what is shown; null until the media has been looked at.</summary>
    public long? DurationInMilliseconds { get; init; }

    /// <summary>What is shown of the whole; null when all of it is.</summary>
    public VideoTrim? Trim { get; init; }

    /// <summary>Of the whole; null until the media has been looked at.</summary>
    public long? WholeDurationInMilliseconds { get; init; }

    /// <summary>In order, from the start of what is shown; empty when there are none, null in lists.</summary>
    public IReadOnlyList<VideoChapterView>? Chapters { get; init; }

    /// <summary>Those of the whole, from its start: for who edits them. Null in lists.</summary>
    public IReadOnlyList<VideoChapterView>? WholeChapters { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public required bool PublishWhenReady { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Revision { get; init; }

    public string? ProblemCode { get; init; }

    public string? ProblemMessage { get; init; }

    public string? StoryboardName { get; init; }

    public required IReadOnlyList<VideoImageView> Images { get; init; }

    public required VideoChannelView Channel { get; init; }

    /// <summary>Width by height of its pictures; null until there is one.</summary>
    public double? AspectRatio => Images is [.., { Width: > 0, Height: > 0 } largest] ? (double)largest.Width / largest.Height : null;

    public bool IsPortrait => AspectRatio < 1;

    public bool IsPlayable => State is VideoState.Playable or VideoState.Ready;

    public VideoAudience Audience => new(Channel.OwnerId, Visibility, PublishedAt, DeletedAt);
}

/// <summary>One size of a video's picture, in pixels.</summary>
public sealed record VideoImageView(string Name, int Width, int Height);

/// <summary>The part of a video that is shown, in milliseconds of the whole.</summary>
public sealed record VideoTrim(long StartInMilliseconds, long EndInMilliseconds)
{
    public TimeSpan Start => TimeSpan.FromMilliseconds(StartInMilliseconds);

    public TimeSpan End => TimeSpan.FromMilliseconds(EndInMilliseconds);

    /// <summary>Whether a stretch of the whole is shown: by its middle, so that qualities which differ by a frame agree.</summary>
    public bool Shows(TimeSpan start, TimeSpan duration) => start + (duration / 2) is var middle && middle >= Start && middle < End;
}

/// <summary>A part of a video with a title.</summary>
/// <param name="StartInMilliseconds">From the start of what is shown, or of the whole where that is said.</param>
public sealed record VideoChapterView(long StartInMilliseconds, string Title)
{
    /// <summary>What is left of chapters of the whole; the one that runs where it starts begins there.</summary>
    internal static IReadOnlyList<VideoChapterView> Shown(IReadOnlyList<VideoChapterView> chapters, VideoTrim? trim) => trim is null
        ? chapters
        : chapters
            .Where((chapter, index) => chapter.StartInMilliseconds < trim.EndInMilliseconds
                && (index == chapters.Count - 1 || chapters[index + 1].StartInMilliseconds > trim.StartInMilliseconds))
            .Select(chapter => chapter with { StartInMilliseconds = Math.Max(0, chapter.StartInMilliseconds - trim.StartInMilliseconds) })
            .ToList();
}

/// <summary>A video as its media addresses see it.</summary>
/// <param name="Duration">Of the whole; null until the media has been looked at.</param>
/// <param name="Chapters">Of what is shown.</param>
public sealed record VideoMedia(
    Id<Video> Id,
    VideoAudience Audience,
    TimeSpan? Duration,
    VideoTrim? Trim,
    string? StoryboardName,
    IReadOnlyList<VideoImageFile> Images,
    IReadOnlyList<VideoChapterView> Chapters);

/// <summary>Where a picture lies.</summary>
public sealed record VideoImageFile(string Name, string BlobKey);

/// <summary>The channel a video belongs to.</summary>
public sealed record VideoChannelView(string Handle, string Name, Guid OwnerId);
