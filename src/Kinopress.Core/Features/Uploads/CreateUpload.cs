using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Opens an upload: checks who, how much and whether there is room, before the first byte.</summary>
public sealed class CreateUpload(KinopressDbContext db, ChannelQueries channels, UploadFiles files, KinopressOptions options, TimeProvider clock)
{
    private const int MaxUnfinished = 100;

    /// <returns>The upload; or one of <see cref="UploadFailures"/>, <c>video.not_allowed</c>.</returns>
    public async Task<Result<Upload>> RunAsync(UploadRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if ((await CheckAsync(request, caller, cancellationToken)).Failed(out var failure, out var upload))
        {
            return failure;
        }

        // The row before the file: a file that no row knows is taken for a leftover and deleted.
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            files.Create(upload.Id.Value);
        }
        catch (StorageFullException)
        {
            db.Uploads.Remove(upload);
            await db.SaveChangesAsync(CancellationToken.None);
            return UploadFailures.DiskFull;
        }

        return upload;
    }

    /// <summary>The same checks, keeping nothing: for a form, whose files arrive before their lengths are known.</summary>
    public async Task<Result<Upload>> CheckAsync(UploadRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
        {
            return AccountFailures.SignInRequired;
        }

        if (!caller.May(Capability.ManageOwnVideos))
        {
            return VideoFailures.NotAllowed;
        }

        var maxLength = options.MaxUploadSizeInBytes == 0 ? long.MaxValue : options.MaxUploadSizeInBytes;
        if (request.Validate(maxLength).Failed(out var invalid, out var valid))
        {
            return invalid;
        }

        var owner = new Id<User>(userId);
        if (await channels.FindToPublishInAsync(caller, cancellationToken) is not { } channelId)
        {
            return UploadFailures.NoChannel;
        }

        // Index ix_uploads_user_id_created_at.
        var unfinished = await db.Uploads.AsNoTracking()
            .Where(upload => upload.VideoPublicId == null && upload.UserId == owner)
            .CountAsync(cancellationToken);
        if (unfinished >= MaxUnfinished)
        {
            return UploadFailures.TooMany;
        }

        if (await MissingBytesAsync(valid.Length, cancellationToken) is > 0 and var missing)
        {
            return UploadFailures.NoRoom(missing);
        }

        return Upload.Create(owner, channelId, valid, clock);
    }

    /// <summary>Room is what is free, less what other uploads have been promised and the reserve.</summary>
    private async Task<long> MissingBytesAsync(long length, CancellationToken cancellationToken)
    {
        if (files.FreeBytes() is not { } free)
        {
            return 0;
        }

        var open = await db.Uploads.AsNoTracking()
            .Where(upload => upload.VideoPublicId == null)
            .Select(upload => new { upload.Id, upload.Length })
            .ToListAsync(cancellationToken);
        var promised = open.Sum(upload => upload.Length - files.Length(upload.Id.Value));
        return length - Math.Max(0, free - promised - options.ReservedDiskInBytes); // in this order no length can overflow it
    }
}
