using Kinopress.Core.Data;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Forgets uploads nobody has continued for a week, and files no upload knows of.</summary>
public sealed class ExpireUploads(KinopressDbContext db, UploadFiles files, TimeProvider clock)
{
    private const int BatchSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // Index ix_uploads_expires_at.
        var expired = await db.Uploads.Where(upload => upload.ExpiresAt < now).OrderBy(upload => upload.ExpiresAt).Take(BatchSize).ToListAsync(cancellationToken);
        db.Uploads.RemoveRange(expired);
        await db.SaveChangesAsync(cancellationToken);

        var known = (await db.Uploads.Where(upload => upload.VideoPublicId == null).Select(upload => upload.Id).ToListAsync(cancellationToken))
            .Select(id => id.Value).ToHashSet();
        foreach (var orphan in files.List().Where(id => !known.Contains(id)).ToList())
        {
            using var turn = files.TryLock(orphan);
            if (turn is not null && !await db.Uploads.AnyAsync(upload => upload.Id == new Foundation.Id<Upload>(orphan) && upload.VideoPublicId == null, cancellationToken))
            {
                files.Delete(orphan);
            }
        }
    }
}
