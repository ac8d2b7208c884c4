using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>A part of a video with a title; it lasts until the next one starts.</summary>
public sealed class VideoChapter
{
    public const int MaxTitleLength = 200;

    public required Id<Video> VideoId { get; init; }

    /// <summary>In the whole film, whatever is trimmed.</summary>
    public required long StartInMilliseconds { get; init; }

    public required string Title { get; init; }
}
