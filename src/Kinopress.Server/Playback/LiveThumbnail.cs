using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Server.Host;

namespace Kinopress.Server.Playback;

/// <summary>What a live looked like some seconds ago.</summary>
internal static class LiveThumbnail
{
    public static async Task SendAsync(HttpContext context, string token, string publicId, LiveMediaRequest request, LivePictures pictures)
    {
        var response = context.Response;
        response.Headers.AccessControlAllowOrigin = "*";
        if (await request.FindAsync(token, publicId, context.RequestAborted) is null || pictures.Find(publicId) is not { } picture)
        {
            await context.WriteProblemAsync(LiveFailures.NotFound);
            return;
        }

        response.ContentType = "image/jpeg";
        response.ContentLength = picture.Bytes.Length;
        response.Headers.CacheControl = LiveCaching.Thumbnail.For(token);
        response.GetTypedHeaders().LastModified = picture.TakenAt;
        await LiveBytes.SendAsync(context, picture.Bytes);
    }
}
