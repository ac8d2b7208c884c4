using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Lets a page of somebody who manages a live send it, once and soon.</summary>
public sealed class CreateBroadcastTicket(KinopressDbContext db, BroadcastTickets tickets)
{
    /// <returns><c>live.not_found</c> when missing, in the trash or not the caller's; <c>live.too_many_tickets</c>.</returns>
    public async Task<Result<BroadcastTicket>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ManagedBy(caller)
            .Where(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null)
            .Select(found => new LiveIngest(
                found.Id, found.PublicId, found.Title, found.State, found.DvrWindowInSeconds, found.Records, found.HasLadder, found.Channel.OwnerId.Value))
            .SingleOrDefaultAsync(cancellationToken);
        return live is null ? LiveFailures.NotFound : tickets.Issue(live) is { } ticket ? ticket : LiveFailures.TooManyTickets;
    }
}
