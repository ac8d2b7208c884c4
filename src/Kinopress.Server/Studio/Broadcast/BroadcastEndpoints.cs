using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Studio.Broadcast;

/// <summary>The page that sends a live from camera, microphone or screen.</summary>
internal static class BroadcastEndpoints
{
    public static void MapBroadcastPage(this RouteGroupBuilder studio) => studio.MapGet("/lives/{publicId}/broadcast", ShowAsync).WithMetadata(new NeedsCamera());

    private static async Task<IResult> ShowAsync(
        string publicId, Caller caller, LiveQueries lives, StudioFrames frames, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await lives.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var live) || live.DeletedAt is not null)
        {
            return TypedResults.NotFound();
        }

        var request = context.Request;
        return StudioPages.Show<BroadcastPage>(new BroadcastView(
            await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
            live.PublicId,
            live.Title,
            $"{request.Scheme}://{request.Host}{MediaUrls.Watch(live.PublicId)}",
            live.HasChat,
            $"/chat/{live.PublicId}"));
    }
}
