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
            using var turn = files.TryLock(id);
            var upload = turn is null ? null : await db.Uploads.SingleOrDefaultAsync(candidate => candidate.Id == new Id<Upload>(id), cancellationToken);
            if (upload is null)
            {
                continue;
            }

            if (upload.VideoPublicId is { } publicId)
            {
                await MoveAsync(id, publicId, cancellationToken);
            }
            else if (files.Length(id) == upload.Length)
            {
                await finishUpload.RunAsync(upload, cancellationToken);
            }
        }
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
