using System.Text.Json.Serialization;

namespace Kinopress.Client;

/// <summary>A video as the caller may see it.</summary>
public sealed record Video
{
    /// <summary>Its name in addresses; never changes.</summary>
    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Category { get; init; }

    /// <summary>BCP 47; null when not said.</summary>
    public string? Language { get; init; }

    public string? Licence { get; init; }

    /// <summary>public, unlisted, private or internal; more may come.</summary>
    public required string Visibility { get; init; }

    /// <summary>waiting, processing, playable, ready or failed.</summary>
    public required string State { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>Of what is shown, in milliseconds; null until the file has been looked at.</summary>
    public long? DurationMs { get; init; }

    /// <summary>First public moment; in the future while scheduled, null while a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public bool PublishWhenReady { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it went to the trash; null when it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public required VideoChannel Channel { get; init; }

    public required Playback Playback { get; init; }

    /// <summary>Relative to the site's root, as are all addresses; null until there is a picture.</summary>
    public string? ThumbnailUrl { get; init; }

    public required string WatchUrl { get; init; }

    public required string EmbedUrl { get; init; }

    /// <summary>What is shown of the whole; null when all of it is.</summary>
    public VideoTrim? Trim { get; init; }

    /// <summary>In order; empty when there are none, null for a video from a list.</summary>
    public IReadOnlyList<VideoChapter>? Chapters { get; init; }

    /// <summary>Why processing failed; null when it has not.</summary>
    public VideoProblem? Problem { get; init; }

    /// <summary>What to give an edit as <c>If-Match</c>; null for a video from a list.</summary>
    [JsonIgnore]
    public string? ETag { get; internal set; }
}

/// <summary>The channel a video belongs to.</summary>
public sealed record VideoChannel(string Handle, string Name, string Url);

/// <summary>How to play a video. Addresses may carry a signature and then last for some hours.</summary>
/// <param name="HlsUrl">The multivariant playlist (RFC 8216); null before the video plays.</param>
/// <param name="StoryboardUrl">WebVTT with the pictures of the seek bar; null when there are none.</param>
/// <param name="ChaptersUrl">WebVTT with the chapters; null when there are none, and for a video from a list.</param>
public sealed record Playback(string? HlsUrl, string? StoryboardUrl, string? ChaptersUrl);

/// <summary>The part of a video that is shown, in milliseconds of the whole.</summary>
public sealed record VideoTrim(long StartMs, long EndMs, long WholeDurationMs);

/// <summary>A part of a video with a title; it lasts until the next one starts.</summary>
/// <param name="StartMs">Milliseconds from the start of what is shown; where chapters are edited, of the whole.</param>
public sealed record VideoChapter(long StartMs, string Title);

/// <summary>Why something failed: a stable code, and words for a person.</summary>
public sealed record VideoProblem(string Code, string Message);

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record VideoPage(IReadOnlyList<Video> Items, string? Next);

/// <summary>Changes to a video; null leaves a thing as it is, an empty text removes it.</summary>
public sealed record VideoEdit
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Category { get; init; }

    public string? Language { get; init; }

    public string? Licence { get; init; }

    public string? Visibility { get; init; }
}

/// <summary>What part of a list is asked for.</summary>
public sealed record VideoQuery
{
    /// <summary>1 to 100; null for the site's choice.</summary>
    public int? Limit { get; init; }

    /// <summary>From the previous page; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>publishedAt, -publishedAt, createdAt or -createdAt; null for -publishedAt. Not for the caller's own.</summary>
    public string? Sort { get; init; }

    /// <summary>A channel's handle; null for the whole site. Not for the caller's own.</summary>
    public string? Channel { get; init; }

    /// <summary>What the caller manages, newest first, instead of what the public sees.</summary>
    public bool Mine { get; init; }

    /// <summary>all, published, drafts or trash; only for the caller's own.</summary>
    public string? Status { get; init; }

    /// <summary>Words of the title; only for the caller's own.</summary>
    public string? Search { get; init; }
}

internal sealed record Publication(DateTimeOffset? At, bool? WhenReady);

internal sealed record Trim(long? StartMs, long? EndMs);
