using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Takes a live back from the trash, as it was; its stream key works again.</summary>
public sealed class RestoreLive(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>live.not_found</c> when it is not in the trash or not the caller's.</returns>
    public async Task<Result<Live>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var lastChance = clock.GetUtcNow() - DeleteLive.KeptInTrash;
        var live = await db.Lives.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt > lastChance, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        live.Restore(now);
        db.Record(new LiveRestored(live.Id.Value, live.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return live;
    }
}
