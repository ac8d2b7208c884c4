using System.Xml;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Api.V1;

/// <summary>A video.</summary>
/// <param name="PublicId">Its name in addresses; never changes.</param>
/// <param name="State">How far it has come: waiting, processing, playable, ready or failed.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Duration">Of what is shown, in ISO 8601; null until the file has been looked at.</param>
/// <param name="DurationMs">The same in milliseconds.</param>
/// <param name="Visibility">Who may watch it once published: public, unlisted, private or internal.</param>
/// <param name="PublishedAt">First public moment; in the future while scheduled, null while a draft.</param>
/// <param name="ThumbnailUrl">Null until there is a picture.</param>
/// <param name="Trim">What is shown of the whole; null when all of it is.</param>
/// <param name="Chapters">In order; empty when there are none, null in lists.</param>
/// <param name="Problem">Why processing failed; null when it has not.</param>
public sealed record VideoResponse(
    string PublicId,
    string Title,
    string? Description,
    IReadOnlyList<string> Tags,
    string? Category,
    string? Language,
    string? Licence,
    Visibility Visibility,
    VideoState State,
    double Progress,
    string? Duration,
    long? DurationMs,
    DateTimeOffset? PublishedAt,
    bool PublishWhenReady,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    VideoChannelResponse Channel,
    PlaybackResponse Playback,
    string? ThumbnailUrl,
    string WatchUrl,
    string EmbedUrl,
    VideoTrimResponse? Trim,
    IReadOnlyList<VideoChapterResponse>? Chapters,
    VideoProblemResponse? Problem);

/// <summary>The part of a video that is shown, in milliseconds of the whole.</summary>
public sealed record VideoTrimResponse(long StartMs, long EndMs, long WholeDurationMs);

/// <summary>A part of a video with a title; it lasts until the next one starts.</summary>
/// <param name="StartMs">Milliseconds from the start of what is shown.</param>
public sealed record VideoChapterResponse(long StartMs, string Title);

/// <summary>A chapter of the whole film.</summary>
/// <param name="StartMs">Milliseconds from the start of the whole, whatever is trimmed.</param>
public sealed record WholeChapterResponse(long StartMs, string Title);

/// <summary>The channel a video belongs to.</summary>
public sealed record VideoChannelResponse(string Handle, string Name, string Url);

/// <summary>How to play a video. Addresses may carry a signature and then last for some hours.</summary>
/// <param name="HlsUrl">The multivariant playlist (RFC 8216); null before the video plays.</param>
/// <param name="StoryboardUrl">WebVTT with the pictures of the seek bar; null when there are none.</param>
/// <param name="ChaptersUrl">WebVTT with the chapters; null when there are none, and in lists.</param>
public sealed record PlaybackResponse(string? HlsUrl, string? StoryboardUrl, string? ChaptersUrl);

/// <summary>Why something failed: a stable code, and words for a person.</summary>
public sealed record VideoProblemResponse(string Code, string Message);

/// <summary>A page of videos.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record VideoListResponse(IReadOnlyList<VideoResponse> Items, string? Next);

/// <summary>Makes answers of what was read, with addresses this caller may use.</summary>
internal sealed class VideoResponses(MediaUrls urls)
{
    private const int ThumbnailWidth = 640;

    public VideoListResponse From(Page<VideoView> page) => new([.. page.Items.Select(From)], page.Next);

    public VideoResponse From(VideoView video) => new(
        video.PublicId,
        video.Title,
        video.Description,
        video.Tags,
        video.Category,
        video.Language,
        video.Licence,
        video.Visibility,
        video.State,
        Math.Round(video.Progress, 4),
        video.DurationInMilliseconds is { } milliseconds ? XmlConvert.ToString(TimeSpan.FromMilliseconds(milliseconds)) : null,
        video.DurationInMilliseconds,
        video.PublishedAt,
        video.PublishWhenReady,
        video.CreatedAt,
        video.UpdatedAt,
        video.DeletedAt,
        new VideoChannelResponse(video.Channel.Handle, video.Channel.Name, MediaUrls.Channel(video.Channel.Handle)),
        new PlaybackResponse(urls.Hls(video), urls.Storyboard(video), urls.Chapters(video)),
        urls.Thumbnail(video, ThumbnailWidth),
        MediaUrls.Watch(video.PublicId),
        MediaUrls.Embed(video.PublicId),
        video is { Trim: { } trim, WholeDurationInMilliseconds: { } whole } ? new VideoTrimResponse(trim.StartInMilliseconds, trim.EndInMilliseconds, whole) : null,
        video.Chapters?.Select(chapter => new VideoChapterResponse(chapter.StartInMilliseconds, chapter.Title)).ToList(),
        video is { ProblemCode: { } code, ProblemMessage: { } message } ? new VideoProblemResponse(code, message) : null);
}
