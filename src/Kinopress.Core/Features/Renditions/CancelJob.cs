using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Stops a task of a video. A running one stops within a second or two.</summary>
public sealed class CancelJob(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>job.not_found</c> when missing or about a video the caller may not manage; <c>job.not_cancelable</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<Job> jobId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.AsNoTracking().ManagedBy(caller).SingleOrDefaultAsync(candidate => candidate.PublicId == publicId, cancellationToken);
        var job = video is null ? null : await db.Jobs.SingleOrDefaultAsync(candidate => candidate.Id == jobId && candidate.SubjectId == video.Id.Value, cancellationToken);
        if (job is null)
        {
            return JobFailures.NotFound;
        }

        if (job.Cancel(clock.GetUtcNow()).Failed(out var failure))
        {
            return failure;
        }

        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}
