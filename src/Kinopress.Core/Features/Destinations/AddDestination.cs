using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Passes a live, or every live of the caller's channel, on to one service more; at once where it is on air.</summary>
public sealed class AddDestination(KinopressDbContext db, ChannelQueries channels, SiteSecrets secrets, TimeProvider clock)
{
    /// <returns><c>account.sign_in_required</c>, <c>live.not_allowed</c>, <c>live.not_found</c>, <c>live.no_channel</c>, <c>destination.invalid</c>, <c>destination.too_many</c>.</returns>
    public async Task<Result<Destination>> RunAsync(DestinationEdit wanted, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsSignedIn)
        {
            return AccountFailures.SignInRequired;
        }

        if (!caller.May(Capability.ManageOwnVideos))
        {
            return LiveFailures.NotAllowed;
        }

        if ((await FindPlaceAsync(wanted.Live, caller, cancellationToken)).Failed(out var failure, out var place)
            || wanted.ApplyTo(DestinationDetails.Blank, needsKey: true).Failed(out failure, out var edited))
        {
            return failure;
        }

        // Index ix_destinations_channel_created_at.
        if (await db.Destinations.CountAsync(destination => destination.ChannelId == place.ChannelId, cancellationToken) >= DestinationDetails.MaxCount)
        {
            return DestinationFailures.TooMany;
        }

        var added = Destination.Create(edited.Details, place.ChannelId, place.LiveId, wanted.Enabled ?? true, clock);
        added.Keep(await secrets.SealAsync(edited.StreamKey ?? "", added.SealContext, cancellationToken));
        db.Destinations.Add(added);
        db.Record(new DestinationAdded(added.Id.Value), added.CreatedAt);
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    private async Task<Result<Place>> FindPlaceAsync(string? livePublicId, Caller caller, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(livePublicId))
        {
            return await channels.FindToPublishInAsync(caller, cancellationToken) is { } channelId ? new Place(channelId, LiveId: null) : LiveFailures.NoChannel;
        }

        // Index ix_lives_public_id.
        var live = await db.Lives.AsNoTracking().ManagedBy(caller)
            .Where(candidate => candidate.PublicId == livePublicId && candidate.DeletedAt == null)
            .Select(candidate => new { candidate.Id, candidate.ChannelId })
            .SingleOrDefaultAsync(cancellationToken);
        return live is null ? LiveFailures.NotFound : new Place(live.ChannelId, live.Id);
    }

    private sealed record Place(Id<Channel> ChannelId, Id<Live>? LiveId);
}
