using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Reads about uploads. Everybody sees only his own.</summary>
public sealed class UploadQueries(KinopressDbContext db, UploadFiles files)
{
    /// <summary>Where an upload stands; <c>upload.not_found</c> when missing or somebody else's.</summary>
    public async Task<Result<UploadProgress>> GetProgressAsync(Id<Upload> id, Caller caller, CancellationToken cancellationToken)
    {
        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        var upload = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == id && candidate.UserId == owner, cancellationToken);
        if (upload is null || (upload.VideoPublicId is null && !files.Exists(id.Value)))
        {
            return UploadFailures.NotFound;
        }

        var offset = upload.VideoPublicId is null ? files.Length(id.Value) : upload.Length;
        return new UploadProgress(offset, upload.Length, upload.ExpiresAt, upload.VideoPublicId);
    }

    /// <summary>The caller's unfinished uploads, newest first; at most a hundred exist. Index ix_uploads_user_id_created_at.</summary>
    public async Task<IReadOnlyList<UploadView>> ListUnfinishedAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        var uploads = await db.Uploads.AsNoTracking()
            .Where(upload => upload.UserId == owner && upload.VideoPublicId == null)
            .OrderByDescending(upload => upload.CreatedAt)
            .ToListAsync(cancellationToken);
        return uploads.ConvertAll(upload => new UploadView(
            upload.Id, upload.FileName, upload.Title, upload.Length, files.Length(upload.Id.Value), upload.CreatedAt, upload.ExpiresAt));
    }
}

/// <summary>An unfinished upload.</summary>
public sealed record UploadView(
    Id<Upload> Id, string FileName, string Title, long Length, long Offset, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
