using System.Buffers;
using System.Text;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Hls;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.Net.Http.Headers;

namespace Kinopress.Server.Playback;

/// <summary>
/// Playlists of lives under <c>/media/l/{token}/{publicId}/</c>: low-latency HLS (RFC 8216bis) with blocking reload and
/// delta updates.
/// </summary>
internal static class LivePlaybackEndpoints
{
    private const string HlsType = "application/vnd.apple.mpegurl";
    private const int BandwidthBeforeMeasured = 4_000_000;

    // What fits into a few packets is not worth the work.
    private const int SmallestCompressed = 4096;

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
    public static BroadcastRendition? Find(Broadcast broadcast, string rendition) => broadcast.Find(rendition);

    private static async Task Multivariant(HttpContext context, string token, string publicId, LiveMediaRequest request, TimeProvider clock)
    {
        var broadcast = await request.FindAsync(token, publicId, context.RequestAborted);
        if (broadcast is { SessionName: not null })
        {
            await WaitForFirstPartAsync(broadcast, clock, context.RequestAborted); // whoever comes with the live's start is early by half a second
        }

        var variants = broadcast?.Renditions
            .Where(rendition => rendition is { Playlist: not null, Tracks: not null })
            .Select(Describe)
            .ToList();
        if (variants is null or [])
        {
            await RefuseAsync(context, LiveFailures.NotFound);
            return;
        }

        var playlist = Encoding.UTF8.GetBytes(LiveVariants.Playlist(variants).Write());
        Describe(context, playlist.Length, LiveCaching.AskAgain.For(token));
        await LiveBytes.SendAsync(context, playlist);
    }

    private static async Task MediaPlaylist(HttpContext context, string token, string publicId, string rendition, LiveMediaRequest request, ReloadPlaces places, TimeProvider clock)
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

        if (!IsFromControlRoom(context.Request))
        {
            broadcast.Viewers.See(HashCode.Combine(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString()));
        }

        var (playlist, verdict) = await WaitAsync(found, reload, places, clock, context);
        if (playlist is null || verdict != LiveReloadVerdict.Serve)
        {
            await RefuseAsync(context, verdict == LiveReloadVerdict.Wait ? LiveFailures.Late : LiveFailures.ReloadInvalid);
            return;
        }

        await SendAsync(context, playlist, reload, (reload.MediaSequence is null ? LiveCaching.AskAgain : LiveCaching.Blocking).For(token));
    }

    // Who is on air looks at the picture as well, and is nobody's viewer.
    private static bool IsFromControlRoom(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from)
        && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && from.AbsolutePath.StartsWith("/studio/lives/", StringComparison.Ordinal);

    private static async Task WaitForFirstPartAsync(Broadcast broadcast, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var changed = broadcast.Source.WhenChanged;
        while (broadcast is { HasEnded: false, Source: { Playlist: null } source } && LongestWait - clock.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            await LiveChange.WaitAsync(changed, left, clock, cancellationToken);
            changed = source.WhenChanged;
        }
    }

    /// <summary>The playlist a request asks for, as soon as there is one.</summary>
    /// <returns><see cref="LiveReloadVerdict.Wait"/> when it has not come in time (RFC 8216bis §6.2.5.2); <see cref="LiveReloadVerdict.Refuse"/> when it is too far ahead.</returns>
    private static async ValueTask<(LivePlaylist? Playlist, LiveReloadVerdict Verdict)> WaitAsync(
        BroadcastRendition rendition, LiveReload reload, ReloadPlaces places, TimeProvider clock, HttpContext context)
    {
        var started = clock.GetTimestamp();
        IDisposable? place = null;
        try
        {
            while (true)
            {
                var changed = rendition.WhenChanged;
                if (rendition.Playlist is not { } playlist)
                {
                    return (null, LiveReloadVerdict.Refuse);
                }

                var left = LongestWait - clock.GetElapsedTime(started);
                var verdict = playlist.Answer(reload);
                if (verdict != LiveReloadVerdict.Wait || left <= TimeSpan.Zero || (place ??= places.TryTake(context.Connection.RemoteIpAddress)) is null)
                {
                    return (playlist, verdict);
                }

                await LiveChange.WaitAsync(changed, left, clock, context.RequestAborted);
            }
        }
        finally
        {
            place?.Dispose();
        }
    }

    private static VariantStream Describe(BroadcastRendition rendition) => LiveVariants.Describe(
        $"{rendition.Key}/index.m3u8",
        rendition.Tracks ?? new(Video: null, Audio: null),
        rendition.PeakBitrateInBitsPerSecond > 0 ? rendition.PeakBitrateInBitsPerSecond : rendition.PromisedBitrateInBitsPerSecond ?? BandwidthBeforeMeasured,
        framesPerSecond: null);

    private static Task RefuseAsync(HttpContext context, Kinopress.Core.Foundation.Failure failure)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*"; // a player of another page has to know what to do next
        return context.WriteProblemAsync(failure);
    }

    private static Task SendAsync(HttpContext context, LivePlaylist playlist, LiveReload reload, string cache)
    {
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        var bytes = playlist.For(reload);
        if (bytes.Length == playlist.Full.Length && bytes.Length >= SmallestCompressed && TakesGzip(context.Request))
        {
            headers.ContentEncoding = "gzip";
            bytes = new ReadOnlySequence<byte>(playlist.FullInGzip);
        }

        Describe(context, bytes.Length, cache);
        return LiveBytes.SendAsync(context, bytes);
    }

    private static void Describe(HttpContext context, long length, string cache)
    {
        var response = context.Response;
        response.ContentType = HlsType;
        response.ContentLength = length;
        response.Headers.CacheControl = cache;
        response.Headers.AccessControlAllowOrigin = "*";
    }

    private static bool TakesGzip(HttpRequest request) => StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);
}
