using Kinopress.Core.Features.Chat;
using Kinopress.Core.Storage;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Playback;

/// <summary>Serves the pictures of emotes under <c>/media/e/{picture}/{size}.webp</c>. They are the same for everybody.</summary>
internal static class EmoteEndpoints
{
    public static void MapEmotePictures(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/e/{picture}/{size:int}.webp", [HttpMethods.Get, HttpMethods.Head], SendAsync).ExcludeFromDescription();

    private static async Task SendAsync(HttpContext context, string picture, int size, SiteEmotes emotes, IBlobStore blobs)
    {
        if (!EmotePictures.Sizes.Contains(size) || (await emotes.GetAsync(context.RequestAborted)).FindByPicture(picture) is not { } emote)
        {
            await context.WriteProblemAsync(ChatFailures.EmoteNotFound);
            return;
        }

        var key = EmotePictures.KeyOf(emote.Id, size);
        await MediaResponse.SendAsync(context, blobs, key, offset: 0, await blobs.SizeAsync(key, context.RequestAborted), "image/webp", isPublic: true);
    }
}
