using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Removes a video in the trash for good: rows, files and all. A tombstone stays.</summary>
public sealed class PurgeVideo(KinopressDbContext db, IBlobStore blobs, TimeProvider clock)
{
    /// <returns><c>video.not_found</c> when it is not in the trash or not the caller's.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt != null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        await PurgeAsync(video, cancellationToken);
        return Done.Value;
    }

    internal async Task PurgeAsync(Video video, CancellationToken cancellationToken)
    {
        var deletedAt = video.DeletedAt ?? clock.GetUtcNow();
        video.GiveUp();
        await db.SaveChangesAsync(cancellationToken);

        // Files before rows: if this stops half-way, the row still says that there is something left to do.
        await blobs.DeleteAllAsync(RenditionBlobs.FolderOf(video.Id), cancellationToken);
        Guid? subject = video.Id.Value;
        db.Jobs.RemoveRange(await db.Jobs.Where(job => job.SubjectId == subject).ToListAsync(cancellationToken));
        var now = clock.GetUtcNow();
        db.Tombstones.Add(new Tombstone { Kind = "video", PublicId = video.PublicId, DeletedAt = deletedAt });
        db.Record(new VideoPurged(video.Id.Value, video.PublicId), now);
        db.Videos.Remove(video);
        await db.SaveChangesAsync(cancellationToken);
    }
}
