using System.Collections.Frozen;
using Kinopress.Core.Data;
using Kinopress.Core.Events;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Queues the work on a new video. Idempotent by the job's key.</summary>
public sealed class PrepareRenditionsWhenVideoCreated(KinopressDbContext db, TimeProvider clock) : EventReaction
{
    public override IReadOnlySet<string> Kinds { get; } = new[] { VideoCreated.Name }.ToFrozenSet();

    public override async Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken)
    {
        var videoId = happened.Read<VideoCreated>().VideoId;
        var key = PrepareVideo.KeyOf(videoId);
        if (await db.Jobs.AnyAsync(job => job.DeduplicationKey == key, cancellationToken))
        {
            return;
        }

        db.Jobs.Add(PrepareVideo.JobFor(videoId, clock));
        await db.SaveChangesAsync(cancellationToken);
    }
}
