using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Gives a failed or cancelled task of a video another try.</summary>
public sealed class RetryJob(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>job.not_found</c> when missing or about a video the caller may not manage; <c>job.not_retryable</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<Job> jobId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller).SingleOrDefaultAsync(candidate => candidate.PublicId == publicId, cancellationToken);
        var job = video is null ? null : await db.Jobs.SingleOrDefaultAsync(candidate => candidate.Id == jobId && candidate.SubjectId == video.Id.Value, cancellationToken);
        if (video is null || job is null)
        {
            return JobFailures.NotFound;
        }

        if (job.Retry(clock.GetUtcNow()).Failed(out var failure))
        {
            return failure;
        }

        video.RetryProcessing();
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}
