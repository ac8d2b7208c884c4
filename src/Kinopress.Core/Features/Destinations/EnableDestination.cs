using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Switches a destination on or off, also while it is on air. Switching on again what a service refused tries it once more.</summary>
public sealed class EnableDestination(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>destination.not_found</c> when missing or not the caller's; <c>destination.edited_elsewhere</c>.</returns>
    public async Task<Result<Destination>> RunAsync(Id<Destination> id, bool isEnabled, Caller caller, CancellationToken cancellationToken)
    {
        if (await db.Destinations.ManagedBy(caller).SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } destination)
        {
            return DestinationFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        destination.Enable(isEnabled, now);
        db.Record(new DestinationEdited(destination.Id.Value), now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return DestinationFailures.EditedElsewhere;
        }

        return destination;
    }
}
