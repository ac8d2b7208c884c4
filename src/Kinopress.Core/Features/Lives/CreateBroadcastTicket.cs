using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Lets a page of somebody who manages a live send it, once and soon.</summary>
public sealed class CreateBroadcastTicket(KinopressDbContext db, BroadcastTickets tickets, Transcoder transcoder)
{
    /// <param name="format">What the page is going to send: whether the server can encode is said before a camera starts.</param>
    /// <returns>
    /// <c>live.not_found</c> when missing, in the trash or not the caller's; <c>live.too_many_tickets</c>; for WebM also
    /// <c>live.no_encoder</c> and <c>live.encoders_busy</c>.
    /// </returns>
    public async Task<Result<BroadcastTicket>> RunAsync(string publicId, BroadcastFormat format, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ManagedBy(caller)
            .Where(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null)
            .Select(found => new LiveIngest(
                found.Id, found.PublicId, found.Title, found.State, found.DvrWindowInSeconds, found.Records, found.HasLadder, found.Channel.OwnerId.Value))
            .SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        if (format == BroadcastFormat.WebM)
        {
            if ((await transcoder.ReserveAsync(cancellationToken)).Failed(out var failure, out var place))
            {
                return failure;
            }

            place.Dispose(); // only asked: whoever comes first has it
        }

        return tickets.Issue(live) is { } ticket ? ticket : LiveFailures.TooManyTickets;
    }
}
