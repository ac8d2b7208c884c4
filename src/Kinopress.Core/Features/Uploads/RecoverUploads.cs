using Kinopress.Core.Data;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>
/// Ends what a killed server had begun: uploads whose last byte had arrived become videos, and originals that were
/// written down but not yet moved go to their place. Runs at start.
/// </summary>
public sealed class RecoverUploads(KinopressDbContext db, UploadFiles files, FinishUpload finishUpload, IBlobStore blobs)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in files.List().ToList())
        {
            // Looks before it locks: an upload on its way is somebody's, and must not be turned away because of this.
            if (!await NeedsRecoveryAsync(id, cancellationToken))
            {
                continue;
            }

            using var turn = files.TryLock(id);
            var upload = turn is null ? null : await db.Uploads.SingleOrDefaultAsync(candidate => candidate.Id == new Id<Upload>(id), cancellationToken);
            if (upload?.VideoPublicId is { } publicId)
            {
                await MoveAsync(id, publicId, cancellationToken);
            }
            else if (upload is not null && files.Length(id) == upload.Length)
            {
                await finishUpload.RunAsync(upload, cancellationToken);
            }
        }
    }

    private async Task<bool> NeedsRecoveryAsync(Guid id, CancellationToken cancellationToken)
    {
        var upload = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == new Id<Upload>(id), cancellationToken);
        return upload is not null && (upload.VideoPublicId is not null || files.Length(id) == upload.Length);
    }

    private async Task MoveAsync(Guid id, string publicId, CancellationToken cancellationToken)
    {
        var key = await db.Originals.AsNoTracking()
            .Join(db.Videos.Where(video => video.PublicId == publicId), original => original.VideoId, video => video.Id, (original, _) => original.BlobKey)
            .SingleOrDefaultAsync(cancellationToken);
        if (key is not null && !await blobs.HasAsync(key, cancellationToken))
        {
            await blobs.PutAsync(key, files.PathOf(id), cancellationToken);
        }
    }
}
