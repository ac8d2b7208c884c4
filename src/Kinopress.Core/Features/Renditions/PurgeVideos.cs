using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Removes for good what has been in the trash for thirty days: rows, files and all. A tombstone stays.</summary>
public sealed class PurgeVideos(KinopressDbContext db, IBlobStore blobs, TimeProvider clock)
{
    private const int BatchSize = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - DeleteVideo.KeptInTrash;
        var due = await db.Videos.Where(video => video.DeletedAt < before).OrderBy(video => video.DeletedAt).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var video in due)
        {
            // Files first: if this stops half-way, the row still says that there is something left to do.
            await blobs.DeleteAllAsync(RenditionBlobs.FolderOf(video.Id), cancellationToken);
            db.Jobs.RemoveRange(await db.Jobs.Where(job => job.SubjectId == video.Id.Value).ToListAsync(cancellationToken));
            db.Tombstones.Add(new Tombstone { Kind = "video", PublicId = video.PublicId, DeletedAt = video.DeletedAt ?? before });
            db.Record(new VideoPurged(video.Id.Value, video.PublicId), clock.GetUtcNow());
            db.Videos.Remove(video);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
