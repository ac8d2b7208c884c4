using System.Globalization;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Playback;

/// <summary>Serves playlists, segments and pictures under <c>/media/v/{token}/{publicId}/</c>.</summary>
internal static class PlaybackEndpoints
{
    private const string HlsType = "application/vnd.apple.mpegurl";
    private const string PartType = "video/mp4";

    // In seconds. A trim leaves parts out that a list kept longer would still ask for.
    private const int ShortlyAfterTrim = 10;

    public static void MapPlayback(this IEndpointRouteBuilder app)
    {
        var media = app.MapGroup("/media/v/{token}/{publicId}").ExcludeFromDescription();
        media.MapMethods("/master.m3u8", Methods, MultivariantPlaylist);
        media.MapMethods("/storyboard.vtt", Methods, Storyboard);
        media.MapMethods("/chapters.vtt", Methods, Chapters);
        media.MapMethods("/images/{name}", Methods, Image);
        media.MapMethods("/{rendition}/index.m3u8", Methods, MediaPlaylist);
        media.MapMethods("/{rendition}/{chunk}/{part}", Methods, Part);
    }

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static async Task MultivariantPlaylist(HttpContext context, string token, string publicId, MediaRequest request)
    {
        if (await request.FindAsync(token, publicId) is not { } manifest || PlaylistWriter.Multivariant(manifest) is not { } playlist)
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        await WriteTextAsync(context, playlist, HlsType, token, IsFinal(manifest) ? 60 : 2);
    }

    private static async Task MediaPlaylist(HttpContext context, string token, string publicId, string rendition, MediaRequest request)
    {
        if (await request.FindAsync(token, publicId) is not { } manifest || Find(manifest, rendition) is not { Chunks.Count: > 0 } found)
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        await WriteTextAsync(context, PlaylistWriter.Media(found), HlsType, token, found.IsComplete ? ShortlyAfterTrim : 2);
    }

    private static async Task Storyboard(HttpContext context, string token, string publicId, MediaRequest request)
    {
        if (await request.FindAsync(token, publicId) is not { Storyboard: { } storyboard })
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        var track = StoryboardVtt.Write(storyboard.Layout, storyboard.Start, storyboard.End, _ => $"images/{storyboard.Name}");
        await WriteTextAsync(context, track, "text/vtt; charset=utf-8", token, ShortlyAfterTrim);
    }

    private static async Task Chapters(HttpContext context, string token, string publicId, MediaRequest request)
    {
        if (await request.FindAsync(token, publicId) is not { Chapters.Count: > 0, Duration: { } duration } manifest)
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        var chapters = manifest.Chapters.Select(chapter => new Chapter(TimeSpan.FromMilliseconds(chapter.StartInMilliseconds), chapter.Title));
        await WriteTextAsync(context, ChaptersVtt.Write([.. chapters], duration), "text/vtt; charset=utf-8", token, seconds: 60);
    }

    private static async Task Image(HttpContext context, string token, string publicId, string name, MediaRequest request, IBlobStore blobs)
    {
        if (await request.FindAsync(token, publicId) is not { } manifest || !manifest.Images.TryGetValue(name, out var key))
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        var length = await blobs.SizeAsync(key, context.RequestAborted);
        await MediaResponse.SendAsync(context, blobs, key, offset: 0, length, "image/jpeg", MediaRequest.IsPublic(token));
    }

    private static async Task Part(
        HttpContext context, string token, string publicId, string rendition, string chunk, string part, MediaRequest request, IBlobStore blobs, HotParts hot, CacheEpoch epoch)
    {
        var readIn = epoch.Current;
        var found = await request.FindAsync(token, publicId) is { } manifest
            ? Find(manifest, rendition)?.Chunks.FirstOrDefault(candidate => candidate.Name == chunk)
            : null;
        if (found is null || RangeOf(found, part) is not var (offset, length))
        {
            await context.WriteProblemAsync(VideoFailures.NotFound);
            return;
        }

        if (MediaRequest.IsPublic(token) && length <= HotParts.MaxPartSizeInBytes && hot.IsWorthKeeping(context.Request.Path.Value ?? ""))
        {
            var content = await blobs.ReadAsync(found.BlobKey, offset, (int)length, context.RequestAborted);
            hot.Keep(context.Request.Path.Value ?? "", new HotPart(publicId, content, PartType), readIn);
        }

        await MediaResponse.SendAsync(context, blobs, found.BlobKey, offset, length, PartType, MediaRequest.IsPublic(token));
    }

    private static (long Offset, long Length)? RangeOf(PlayableChunk chunk, string part)
    {
        if (part == "init.mp4")
        {
            return (0, chunk.InitSize);
        }

        return part.EndsWith(".m4s", StringComparison.Ordinal)
            && int.TryParse(part.AsSpan(0, part.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && chunk.Find(number) is { } segment
            ? (segment.Offset, segment.Size)
            : null;
    }

    private static PlayableRendition? Find(PlaybackManifest manifest, string key) =>
        manifest.Renditions.FirstOrDefault(rendition => rendition.Key == key);

    private static bool IsFinal(PlaybackManifest manifest) => manifest.Renditions.All(rendition => rendition.IsComplete);

    private static Task WriteTextAsync(HttpContext context, string text, string contentType, string token, int seconds)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"{(MediaRequest.IsPublic(token) ? "public" : "private")}, max-age={seconds}");
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}

/// <summary>Finds what a media address names, if whoever asks may have it.</summary>
internal sealed class MediaRequest(PlaybackManifests manifests, MediaTokens tokens, CurrentCaller current, TimeProvider clock, IHttpContextAccessor accessor)
{
    public static bool IsPublic(string token) => token == MediaTokens.Public;

    /// <summary>Null when it does not exist, or is not for this caller.</summary>
    public async ValueTask<PlaybackManifest?> FindAsync(string token, string publicId)
    {
        if (!PublicId.IsWellFormed(publicId))
        {
            return null;
        }

        var manifest = await manifests.GetAsync(publicId, accessor.HttpContext?.RequestAborted ?? CancellationToken.None);
        if (manifest is null || manifest.Audience.DeletedAt is not null)
        {
            return null;
        }

        // What everybody may watch needs no token, so an address signed while it was a draft goes on working in an open player.
        if (PlaybackAccess.Decide(manifest.Audience, Caller.Stranger, clock.GetUtcNow()) == PlaybackDecision.Allowed)
        {
            return manifest;
        }

        return !IsPublic(token) && tokens.Allows(token, publicId, manifest.Audience, current.SessionId) ? manifest : null;
    }
}
