using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Cancels an upload and frees its bytes. The video of a finished one stays.</summary>
public sealed class DeleteUpload(KinopressDbContext db, UploadFiles files)
{
    /// <returns><c>upload.not_found</c> when missing or somebody else's; <c>upload.in_use</c> while bytes arrive.</returns>
    public async Task<Result<Done>> RunAsync(Id<Upload> id, Caller caller, CancellationToken cancellationToken)
    {
        using var turn = files.TryLock(id.Value);
        if (turn is null)
        {
            return UploadFailures.InUse;
        }

        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        var upload = await db.Uploads.SingleOrDefaultAsync(candidate => candidate.Id == id && candidate.UserId == owner, cancellationToken);
        if (upload is null)
        {
            return UploadFailures.NotFound;
        }

        db.Uploads.Remove(upload);
        await db.SaveChangesAsync(cancellationToken);
        files.Delete(id.Value);
        return Done.Value;
    }
}
