using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class LiveClipsApi
{
    public static void MapLiveClips(this RouteGroupBuilder lives) =>
        lives.MapPost("/{publicId}/clips", Make).WithName("createLiveClip").WithSummary("Cut the last moments out of a live on air, as a video of its own").RequireScope(Scope.VideosWrite);

    private static async Task<Results<Created<LiveClipResponse>, ProblemHttpResult>> Make(
        string publicId, LiveClipBody body, Caller caller, MakeLiveClip makeLiveClip, CancellationToken cancellationToken)
    {
        var made = await makeLiveClip.RunAsync(publicId, new LiveClipRequest(body.End, body.Duration, body.Title), caller, cancellationToken);
        return made.Match<Results<Created<LiveClipResponse>, ProblemHttpResult>>(
            clip => TypedResults.Created(
                $"{ApiGroup.Prefix}/videos/{clip.VideoPublicId}", new LiveClipResponse(clip.VideoPublicId, MediaUrls.Watch(clip.VideoPublicId), (long)clip.Duration.TotalMilliseconds)),
            failure => failure.ToProblem());
    }
}

/// <summary>What to cut out.</summary>
/// <param name="End">When its last moment happened, as the playlist's EXT-X-PROGRAM-DATE-TIME says; null means now.</param>
/// <param name="DurationSeconds">5 to 90; null means 30. The piece starts and ends where segments do.</param>
/// <param name="Title">Null: that of the live.</param>
public sealed record LiveClipBody(DateTimeOffset? End, double? DurationSeconds, string? Title)
{
    // Whatever the number, what is out of range is refused as such.
    internal TimeSpan? Duration => DurationSeconds is { } seconds ? TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 3600) : 0) : null;
}

/// <summary>A piece of a live that became a video, unlisted where the live is public.</summary>
public sealed record LiveClipResponse(string PublicId, string WatchUrl, long DurationMs);
