using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Ends passing lives on to a service, at once, and forgets its key.</summary>
public sealed class DeleteDestination(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>destination.not_found</c> when missing or not the caller's; <c>destination.edited_elsewhere</c>.</returns>
    public async Task<Result<Done>> RunAsync(Id<Destination> id, Caller caller, CancellationToken cancellationToken)
    {
        if (await db.Destinations.ManagedBy(caller).SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } destination)
        {
            return DestinationFailures.NotFound;
        }

        db.Destinations.Remove(destination);
        db.Record(new DestinationDeleted(destination.Id.Value), clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return DestinationFailures.EditedElsewhere;
        }

        return Done.Value;
    }
}
