using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Makes a video visible to its audience: now, at a set moment, or as soon as it plays.</summary>
public sealed class PublishVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="at">First public moment (UTC); null means now. A future moment schedules the video.</param>
    /// <param name="whenReady">When it does not play yet, wait for that instead of refusing.</param>
    /// <returns><c>video.not_found</c> when missing or not the caller's; <c>video.not_playable</c> before it plays.</returns>
    public async Task<Result<Video>> RunAsync(
        string publicId, DateTimeOffset? at, bool whenReady, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        var before = video.PublishedAt;
        var published = whenReady ? video.PublishOnceReady(now) : video.Publish(at?.ToUniversalTime() ?? now, now);
        if (published.Failed(out var failure))
        {
            return failure;
        }

        if (video.PublishedAt is { } moment && moment != before)
        {
            db.Record(new VideoPublished(video.Id.Value, video.PublicId, moment), now);
        }

        await db.SaveChangesAsync(cancellationToken);
        return video;
    }
}
