using System.IO.Pipelines;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Takes the next bytes of an upload. The last ones make the video.</summary>
public sealed class AppendToUpload(KinopressDbContext db, UploadFiles files, FinishUpload finishUpload, TimeProvider clock)
{
    /// <param name="offset">Where the client believes the upload stands, in bytes.</param>
    /// <returns>
    /// Where it stands now; or <c>upload.not_found</c>, <c>upload.wrong_offset</c>, <c>upload.in_use</c>,
    /// <c>upload.disk_full</c>, and at the end whatever <see cref="FinishUpload"/> refuses.
    /// </returns>
    public async Task<Result<UploadProgress>> RunAsync(
        Id<Upload> id, long offset, PipeReader content, Caller caller, CancellationToken cancellationToken)
    {
        using var turn = files.TryLock(id.Value);
        if (turn is null)
        {
            return UploadFailures.InUse;
        }

        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        var upload = await db.Uploads.SingleOrDefaultAsync(candidate => candidate.Id == id && candidate.UserId == owner, cancellationToken);
        if (upload is null || (upload.VideoPublicId is null && !files.Exists(id.Value)))
        {
            return UploadFailures.NotFound;
        }

        if (upload.VideoPublicId is { } made)
        {
            return offset == upload.Length ? new UploadProgress(upload.Length, upload.Length, upload.ExpiresAt, made) : UploadFailures.WrongOffset;
        }

        if (offset != files.Length(id.Value))
        {
            return UploadFailures.WrongOffset;
        }

        long length;
        try
        {
            length = await files.AppendAsync(id.Value, content, upload.Length, cancellationToken);
        }
        catch (StorageFullException)
        {
            return UploadFailures.DiskFull;
        }

        upload.Continue(clock.GetUtcNow());
        if (length < upload.Length)
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return new UploadProgress(length, upload.Length, upload.ExpiresAt, VideoPublicId: null);
        }

        // All bytes are here: from now on a client that hangs up changes nothing.
        return (await finishUpload.RunAsync(upload, CancellationToken.None)).Match<Result<UploadProgress>>(
            video => new UploadProgress(length, upload.Length, upload.ExpiresAt, video.PublicId),
            failure => failure);
    }
}

/// <summary>How far an upload has come.</summary>
/// <param name="Offset">Bytes that have arrived.</param>
/// <param name="VideoPublicId">The video it became; null until finished.</param>
public sealed record UploadProgress(long Offset, long Length, DateTimeOffset ExpiresAt, string? VideoPublicId);
