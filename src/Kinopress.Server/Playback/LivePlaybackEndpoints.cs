using System.Buffers;
using System.Globalization;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Hls;
using Kinopress.Server.Host;

namespace Kinopress.Server.Playback;

/// <summary>
/// Playlists of lives under <c>/media/l/{token}/{publicId}/</c>: low-latency HLS (RFC 8216bis) with blocking reload and
/// delta updates.
/// </summary>
internal static class LivePlaybackEndpoints
{
    private const string HlsType = "application/vnd.apple.mpegurl";
    private const int BandwidthBeforeMeasured = 4_000_000;

    // A player's question for a part that is to come is asked once: the answer may be shared for a while (RFC 8216bis appendix B).
    private const string BlockingCache = "max-age=24";
    private const string NoCache = "no-cache";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    // hls.js gives up on a playlist after ten seconds.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    public static void MapLivePlayback(this IEndpointRouteBuilder app)
    {
        var media = app.MapGroup("/media/l/{token}/{publicId}").ExcludeFromDescription();
        media.MapMethods("/master.m3u8", Methods, Multivariant);
        media.MapMethods("/thumbnail.jpg", Methods, LiveThumbnail.SendAsync);
        media.MapMethods("/{rendition}/index.m3u8", Methods, MediaPlaylist);
        media.MapMethods("/{rendition}/{session}/{name}", Methods, LiveMedia.SendAsync);
    }

    /// <summary>The quality of that name, once it can be played.</summary>
    public static BroadcastRendition? Find(Broadcast broadcast, string rendition) =>
        broadcast.Find(rendition);

    public static string Cache(string token, string rule) => MediaRequest.IsPublic(token) ? $"public, {rule}" : $"private, {rule}";

    private static async Task Multivariant(HttpContext context, string token, string publicId, LiveMediaRequest request)
    {
        var broadcast = await request.FindAsync(token, publicId, context.RequestAborted);
        var variants = broadcast?.Renditions
            .Where(rendition => rendition is { Playlist: not null, Tracks: not null })
            .Select(Describe)
            .ToList();
        if (variants is null or [])
        {
            context.Response.Headers.CacheControl = "no-store";
            await context.WriteProblemAsync(LiveFailures.NotFound);
            return;
        }

        await WriteAsync(context, new ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(LiveVariants.Playlist(variants).Write())), Cache(token, NoCache));
    }

    private static async Task MediaPlaylist(HttpContext context, string token, string publicId, string rendition, LiveMediaRequest request, TimeProvider clock)
    {
        var query = context.Request.Query;
        if (!LiveReload.TryParse(query["_HLS_msn"], query["_HLS_part"], query["_HLS_skip"], out var reload))
        {
            await RefuseAsync(context, LiveFailures.ReloadInvalid);
            return;
        }

        if (await request.FindAsync(token, publicId, context.RequestAborted) is not { } broadcast || Find(broadcast, rendition) is not { Playlist: not null } found)
        {
            await RefuseAsync(context, LiveFailures.NotFound);
            return;
        }

        broadcast.Viewers.See(HashCode.Combine(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString()));
        if (await WaitAsync(found, reload, clock, context.RequestAborted) is not { } playlist)
        {
            await RefuseAsync(context, LiveFailures.ReloadInvalid);
            return;
        }

        await WriteAsync(context, playlist.For(reload), Cache(token, reload.MediaSequence is null ? NoCache : BlockingCache));
    }

    /// <summary>The playlist a request asks for, as soon as there is one.</summary>
    /// <returns>Null when it asks for what is too far ahead.</returns>
    private static async ValueTask<LivePlaylist?> WaitAsync(BroadcastRendition rendition, LiveReload reload, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var changed = rendition.WhenChanged;
            if (rendition.Playlist is not { } playlist)
            {
                return null;
            }

            var left = LongestWait - clock.GetElapsedTime(started);
            switch (playlist.Answer(reload))
            {
                case LiveReloadVerdict.Refuse:
                    return null;
                case LiveReloadVerdict.Wait when left > TimeSpan.Zero:
                    await Task.WhenAny(changed, Task.Delay(left, clock, cancellationToken)).WaitAsync(cancellationToken);
                    break;
                default:
                    return playlist;
            }
        }
    }

    private static VariantStream Describe(BroadcastRendition rendition) => LiveVariants.Describe(
        $"{rendition.Key}/index.m3u8",
        rendition.Tracks ?? new(Video: null, Audio: null),
        rendition.PeakBitrateInBitsPerSecond > 0 ? rendition.PeakBitrateInBitsPerSecond : rendition.PromisedBitrateInBitsPerSecond ?? BandwidthBeforeMeasured,
        framesPerSecond: null);

    private static Task RefuseAsync(HttpContext context, Kinopress.Core.Foundation.Failure failure)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.WriteProblemAsync(failure);
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlySequence<byte> playlist, string cache)
    {
        var response = context.Response;
        response.ContentType = HlsType;
        response.ContentLength = playlist.Length;
        response.Headers.CacheControl = cache;
        response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        foreach (var piece in playlist)
        {
            await response.BodyWriter.WriteAsync(piece, context.RequestAborted);
        }
    }
}
