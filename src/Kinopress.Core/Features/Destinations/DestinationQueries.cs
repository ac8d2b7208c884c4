using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Reads about destinations. What the caller may not manage is not there.</summary>
public sealed class DestinationQueries(KinopressDbContext db, SiteSecrets secrets)
{
    /// <summary>What a live is passed on to, its channel's destinations included, oldest first. Indexes ix_lives_public_id, ix_destinations_live and ix_destinations_channel_created_at.</summary>
    /// <returns><c>live.not_found</c> when missing or not the caller's.</returns>
    public async Task<Result<IReadOnlyList<DestinationView>>> ListOfLiveAsync(string livePublicId, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ManagedBy(caller)
            .Where(candidate => candidate.PublicId == livePublicId)
            .Select(candidate => new { candidate.Id, candidate.ChannelId })
            .SingleOrDefaultAsync(cancellationToken);
        return live is null
            ? LiveFailures.NotFound
            : Result.Of<IReadOnlyList<DestinationView>>(await ReadAsync(
                db.Destinations.Where(destination => destination.LiveId == live.Id || (destination.LiveId == null && destination.ChannelId == live.ChannelId)), cancellationToken));
    }

    /// <summary>All the caller manages, oldest first; bounded by how many a channel may have. Index ix_destinations_channel_created_at.</summary>
    public async Task<IReadOnlyList<DestinationView>> ListManagedAsync(Caller caller, CancellationToken cancellationToken) =>
        await ReadAsync(db.Destinations.ManagedBy(caller), cancellationToken);

    /// <returns><c>destination.not_found</c> when missing or not the caller's.</returns>
    public async Task<Result<DestinationView>> GetAsync(Id<Destination> id, Caller caller, CancellationToken cancellationToken) =>
        await ReadAsync(db.Destinations.ManagedBy(caller).Where(candidate => candidate.Id == id), cancellationToken) is [var view] ? view : DestinationFailures.NotFound;

    /// <summary>Where a live that is on air has to be sent, with keys. Not authorised: for whoever sends. Indexes ix_destinations_live and ix_destinations_channel_created_at.</summary>
    public async Task<IReadOnlyList<DestinationTarget>> ListTargetsAsync(Id<Live> liveId, CancellationToken cancellationToken)
    {
        var rows = await db.Destinations.AsNoTracking()
            .Where(destination => destination.IsEnabled
                && (destination.LiveId == liveId || (destination.LiveId == null && db.Lives.Any(live => live.Id == liveId && live.ChannelId == destination.ChannelId))))
            .OrderBy(destination => destination.Id)
            .Select(destination => new { destination.Id, destination.Revision, destination.Url, destination.SealedStreamKey })
            .ToListAsync(cancellationToken);
        List<DestinationTarget> targets = [];
        foreach (var row in rows)
        {
            targets.Add(new DestinationTarget(row.Id, row.Revision, row.Url, await secrets.OpenAsync(row.SealedStreamKey, Destination.ContextOf(row.Id), cancellationToken)));
        }

        return targets;
    }

    private Task<List<DestinationView>> ReadAsync(IQueryable<Destination> destinations, CancellationToken cancellationToken) => destinations.AsNoTracking()
        .OrderBy(destination => destination.CreatedAt)
        .ThenBy(destination => destination.Id)
        .Select(destination => new DestinationView(
            destination.Id,
            db.Lives.Where(live => live.Id == destination.LiveId).Select(live => live.PublicId).SingleOrDefault(),
            destination.Name,
            destination.Preset,
            destination.Url,
            destination.IsEnabled,
            destination.CreatedAt,
            destination.UpdatedAt))
        .ToListAsync(cancellationToken);
}
