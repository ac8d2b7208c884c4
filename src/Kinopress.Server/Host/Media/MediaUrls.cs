using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Host.Media;

/// <summary>Addresses of pages and files of videos and lives, as the current caller may use them. Relative to the site's root.</summary>
internal sealed class MediaUrls(MediaTokens tokens, CurrentCaller current, LivePictures pictures, TimeProvider clock)
{
    public static string Watch(string publicId) => $"/watch/{publicId}";

    public static string Embed(string publicId) => $"/embed/{publicId}";

    /// <summary>A picture of an emote. What is at the address never changes.</summary>
    /// <param name="picture">The hash that names it.</param>
    public static string Emote(string picture, int size) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/media/e/{picture}/{size}.webp");

    public static string Channel(string handle) => $"/@{handle}";

    /// <summary>The multivariant playlist; null before the video plays.</summary>
    public string? Hls(VideoView video) => video.IsPlayable && MayWatch(video) ? $"{Base(video)}/master.m3u8" : null;

    /// <summary>The picture closest to a width, in pixels; null before there is one.</summary>
    public string? Thumbnail(VideoView video, int width) =>
        video.Images.MinBy(image => Math.Abs(image.Width - width)) is { } image && MayWatch(video) ? $"{Base(video)}/images/{image.Name}" : null;

    /// <summary>For <c>srcset</c>; null when there is only one picture or none.</summary>
    public string? ThumbnailSet(VideoView video) =>
        video.Images.Count < 2 || !MayWatch(video) ? null : string.Join(", ", video.Images.Select(image => $"{Base(video)}/images/{image.Name} {image.Width}w"));

    /// <summary>The WebVTT file of the seek bar's pictures; null when there is none.</summary>
    public string? Storyboard(VideoView video) => video.StoryboardName is null || !MayWatch(video) ? null : $"{Base(video)}/storyboard.vtt";

    /// <summary>The WebVTT file of the chapters; null when there are none, or they were not read. Browsers keep it for a minute, so an edit gives it another address.</summary>
    public string? Chapters(VideoView video) => video.Chapters is { Count: > 0 } && MayWatch(video) ? $"{Base(video)}/chapters.vtt?r={video.Revision}" : null;

    /// <summary>The multivariant playlist of a live, whether or not it is on air; null for who may not watch.</summary>
    public string? Hls(LiveView live) => MayWatch(live) ? $"{Base(live)}/master.m3u8" : null;

    /// <summary>What a live looked like some seconds ago; null while it is not on air here, or has no picture yet.</summary>
    public string? Thumbnail(LiveView live) => live.IsOnAir && pictures.Find(live.PublicId) is not null && MayWatch(live) ? $"{Base(live)}/thumbnail.jpg" : null;

    private bool MayWatch(LiveView live) => LiveAccess.Decide(live.Audience, current.Caller, clock.GetUtcNow()) == PlaybackDecision.Allowed;

    // A token may write without being allowed to read.
    private bool MayWatch(VideoView video) =>
        PlaybackAccess.Decide(video.Audience, current.Caller, clock.GetUtcNow()) == PlaybackDecision.Allowed;

    private string Base(LiveView live) => $"/media/l/{TokenFor(live.PublicId, live.Audience)}/{live.PublicId}";

    private string Base(VideoView video) => $"/media/v/{TokenFor(video.PublicId, video.Audience)}/{video.PublicId}";

    private string TokenFor(string publicId, VideoAudience audience) =>
        PlaybackAccess.Decide(audience, Caller.Stranger, clock.GetUtcNow()) == PlaybackDecision.Allowed
            ? MediaTokens.Public
            : tokens.Sign(publicId, audience, current.SessionId);
}
