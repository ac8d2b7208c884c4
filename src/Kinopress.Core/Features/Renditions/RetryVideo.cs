using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Gives everything that failed about a video another try.</summary>
public sealed class RetryVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>video.not_found</c> when missing or not the caller's; <c>job.not_retryable</c> when nothing failed.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        Guid? subject = video.Id.Value;
        var dead = await db.Jobs.Where(job => job.SubjectId == subject && job.State == JobState.Dead).ToListAsync(cancellationToken);
        if (dead.Count == 0)
        {
            return JobFailures.NotRetryable;
        }

        foreach (var job in dead)
        {
            job.Retry(clock.GetUtcNow());
        }

        video.RetryProcessing();
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}
