using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Makes a live: a page its audience can find, and a key to send with.</summary>
public sealed class CreateLive(KinopressDbContext db, ChannelQueries channels, TimeProvider clock)
{
    /// <returns>
    /// Its name and stream key, which is not shown again; or <c>account.sign_in_required</c>, <c>live.not_allowed</c>,
    /// <c>live.no_channel</c>, <c>live.invalid</c>.
    /// </returns>
    public async Task<Result<IssuedStreamKey>> RunAsync(LiveEdit wanted, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsSignedIn)
        {
            return AccountFailures.SignInRequired;
        }

        if (!caller.May(Capability.ManageOwnVideos))
        {
            return LiveFailures.NotAllowed;
        }

        var now = clock.GetUtcNow();
        if (wanted.ApplyTo(LiveDetails.Blank, now).Failed(out var failure, out var details))
        {
            return failure;
        }

        if (await channels.FindToPublishInAsync(caller, cancellationToken) is not { } channelId)
        {
            return LiveFailures.NoChannel;
        }

        var (live, streamKey) = Live.Create(details, channelId, clock);
        while (await IsTakenAsync(live.PublicId, cancellationToken))
        {
            live.Rename();
        }

        db.Lives.Add(live);
        db.Record(new LiveCreated(live.Id.Value, live.PublicId, live.ScheduledAt), now);
        await db.SaveChangesAsync(cancellationToken);
        return new IssuedStreamKey(live.PublicId, streamKey);
    }

    // Videos and lives share their addresses, also with what was deleted for good. Indexes on public_id, primary key of tombstones.
    private async Task<bool> IsTakenAsync(string publicId, CancellationToken cancellationToken) =>
        await db.Videos.AnyAsync(video => video.PublicId == publicId, cancellationToken)
        || await db.Tombstones.AnyAsync(tombstone => tombstone.PublicId == publicId, cancellationToken);
}

/// <summary>The only look at a stream key.</summary>
public sealed record IssuedStreamKey(string PublicId, string StreamKey);
