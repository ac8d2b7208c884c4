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

    /// <summary>What lives on air have to be sent to, without keys. Not authorised: for whoever sends. Indexes ix_destinations_live and ix_destinations_channel_created_at.</summary>
    public async Task<IReadOnlyList<WantedDestination>> ListWantedAsync(IReadOnlyCollection<Id<Live>> lives, CancellationToken cancellationToken) =>
        await db.Lives.AsNoTracking()
            .Where(live => lives.Contains(live.Id))
            .SelectMany(_ => db.Destinations, (live, destination) => new { Live = live, Destination = destination })
            .Where(pair => pair.Destination.IsEnabled
                && (pair.Destination.LiveId == pair.Live.Id || (pair.Destination.LiveId == null && pair.Destination.ChannelId == pair.Live.ChannelId)))
            .OrderBy(pair => pair.Destination.Id)
            .Select(pair => new WantedDestination(pair.Live.Id, pair.Destination.Id, pair.Destination.Revision))
            .ToListAsync(cancellationToken);

    /// <summary>Where to send, with the key. Not authorised: for whoever sends. Primary key of destinations.</summary>
    /// <returns>Null when it is gone or switched off.</returns>
    public async Task<DestinationTarget?> FindTargetAsync(Id<Destination> id, CancellationToken cancellationToken) =>
        await db.Destinations.AsNoTracking()
            .Where(destination => destination.Id == id && destination.IsEnabled)
            .Select(destination => new { destination.Revision, destination.Url, destination.SealedStreamKey })
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? new DestinationTarget(id, found.Revision, found.Url, await secrets.OpenAsync(found.SealedStreamKey, Destination.ContextOf(id), cancellationToken))
            : null;

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
