using Kinopress.Core.Data;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Changes a destination's name, address or key. What is being sent there starts anew.</summary>
public sealed class EditDestination(KinopressDbContext db, SiteSecrets secrets, TimeProvider clock)
{
    /// <returns><c>destination.not_found</c> when missing or not the caller's; <c>destination.invalid</c>; <c>destination.edited_elsewhere</c>.</returns>
    public async Task<Result<Destination>> RunAsync(Id<Destination> id, DestinationEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        if (await db.Destinations.ManagedBy(caller).SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } destination)
        {
            return DestinationFailures.NotFound;
        }

        if (edit.ApplyTo(destination.Details, needsKey: false).Failed(out var failure, out var edited))
        {
            return failure;
        }

        var now = clock.GetUtcNow();
        destination.Edit(edited.Details, now);
        if (edited.StreamKey is { } streamKey)
        {
            destination.Keep(await secrets.SealAsync(streamKey, destination.SealContext, cancellationToken));
        }

        if (edit.Enabled is { } isEnabled)
        {
            destination.Enable(isEnabled, now);
        }

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
