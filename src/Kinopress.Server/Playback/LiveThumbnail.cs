using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Server.Host;

namespace Kinopress.Server.Playback;

/// <summary>What a live looked like some seconds ago.</summary>
internal static class LiveThumbnail
{
    // Renewed every twenty seconds; a page that shows it twice asks once.
    private const string Rule = "max-age=10";

    public static async Task SendAsync(HttpContext context, string token, string publicId, LiveMediaRequest request, LivePictures pictures)
    {
        var response = context.Response;
        response.Headers.AccessControlAllowOrigin = "*";
        if (await request.FindAsync(token, publicId, context.RequestAborted) is null || pictures.Find(publicId) is not { } picture)
        {
            response.Headers.CacheControl = "no-store";
            await context.WriteProblemAsync(LiveFailures.NotFound);
            return;
        }

        response.ContentType = "image/jpeg";
        response.ContentLength = picture.Bytes.Length;
        response.Headers.CacheControl = LivePlaybackEndpoints.Cache(token, Rule);
        response.GetTypedHeaders().LastModified = picture.TakenAt;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(picture.Bytes, context.RequestAborted);
        }
    }
}
