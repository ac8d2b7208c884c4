using System.Globalization;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Storage;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Playback;

/// <summary>Initialisation sections, parts and segments of lives: the newest from memory, older ones from the recording.</summary>
internal static class LiveMedia
{
    private const string MediaType = "video/mp4";
    private const string SegmentEnding = ".m4s";
    private const string InitStart = "init-";
    private const string InitEnding = ".mp4";

    // A hinted part is asked for before it is there (RFC 8216bis §4.4.5.3).
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    public static async Task SendAsync(
        HttpContext context, string token, string publicId, string rendition, string session, string name, LiveMediaRequest request, TimeProvider clock)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (await request.FindAsync(token, publicId, context.RequestAborted) is { } broadcast
            && broadcast.SessionName == session
            && LivePlaybackEndpoints.Find(broadcast, rendition) is { } found
            && await TrySendAsync(context, token, found, name, clock))
        {
            return;
        }

        await context.WriteProblemAsync(LiveFailures.NotFound);
    }

    private static async Task<bool> TrySendAsync(HttpContext context, string token, BroadcastRendition rendition, string name, TimeProvider clock)
    {
        if (name.StartsWith(InitStart, StringComparison.Ordinal) && name.EndsWith(InitEnding, StringComparison.Ordinal))
        {
            return Number(name.AsSpan(InitStart.Length, name.Length - InitStart.Length - InitEnding.Length)) is { } number
                && rendition.FindInit((int)Math.Min(number, int.MaxValue)) is { } init
                && await SendAsync(context, token, init);
        }

        if (!name.EndsWith(SegmentEnding, StringComparison.Ordinal))
        {
            return false;
        }

        var place = name.AsSpan(0, name.Length - SegmentEnding.Length);
        var dot = place.IndexOf('.');
        if (Number(dot < 0 ? place : place[..dot]) is not { } mediaSequence)
        {
            return false;
        }

        if (dot < 0)
        {
            return await SendSegmentAsync(context, token, rendition, mediaSequence);
        }

        return Number(place[(dot + 1)..]) is { } index && await SendPartAsync(context, token, rendition, mediaSequence, (int)Math.Min(index, int.MaxValue), clock);
    }

    private static async Task<bool> SendPartAsync(HttpContext context, string token, BroadcastRendition rendition, long mediaSequence, int index, TimeProvider clock)
    {
        if (await FindPartAsync(rendition, mediaSequence, index, clock, context) is not { } part)
        {
            return false;
        }

        try
        {
            Describe(context, token, part.Length);
            await LiveBytes.SendAsync(context, [part]);
            return true;
        }
        finally
        {
            part.Release();
        }
    }

    private static async ValueTask<SharedBytes?> FindPartAsync(BroadcastRendition rendition, long mediaSequence, int index, TimeProvider clock, HttpContext context)
    {
        var started = clock.GetTimestamp();
        IDisposable? place = null;
        try
        {
            while (true)
            {
                var changed = rendition.WhenChanged;
                if (rendition.FindPart(mediaSequence, index) is { } part)
                {
                    return part;
                }

                var left = LongestWait - clock.GetElapsedTime(started);
                if (rendition.Playlist?.Answer(new LiveReload(mediaSequence, index, MaySkip: false)) != LiveReloadVerdict.Wait
                    || left <= TimeSpan.Zero
                    || (place ??= context.RequestServices.GetRequiredService<ReloadPlaces>().TryTake(context.Connection.RemoteIpAddress)) is null)
                {
                    return null;
                }

                await LiveChange.WaitAsync(changed, left, clock, context.RequestAborted);
            }
        }
        finally
        {
            place?.Dispose();
        }
    }

    private static async Task<bool> SendSegmentAsync(HttpContext context, string token, BroadcastRendition rendition, long mediaSequence)
    {
        if (rendition.FindSegment(mediaSequence) is { } parts)
        {
            try
            {
                Describe(context, token, parts.Sum(part => (long)part.Length));
                await LiveBytes.SendAsync(context, parts);
                return true;
            }
            finally
            {
                foreach (var part in parts)
                {
                    part.Release();
                }
            }
        }

        if (rendition.FindFile(mediaSequence) is not { } file)
        {
            return false;
        }

        Describe(context, token, file.Size);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return true;
        }

        try
        {
            await RecordingFiles.CopyToAsync(file.Path, file.Offset, file.Size, context.Response.BodyWriter, context.RequestAborted);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && !context.Response.HasStarted)
        {
            context.Response.ContentLength = null;
            return false; // the live is over, and its recording a video
        }
    }

    private static async Task<bool> SendAsync(HttpContext context, string token, ReadOnlyMemory<byte> bytes)
    {
        Describe(context, token, bytes.Length);
        await LiveBytes.SendAsync(context, bytes);
        return true;
    }

    private static void Describe(HttpContext context, string token, long length)
    {
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = length;
        context.Response.Headers.CacheControl = LiveCaching.Forever.For(token);
    }

    private static long? Number(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
