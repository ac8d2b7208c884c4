using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Makes a new stream key. The one before opens nothing from now on; who is on air with it may go on until the end.</summary>
public sealed class RotateStreamKey(KinopressDbContext db, TimeProvider clock)
{
    /// <returns>The key, which is not shown again; or <c>live.not_found</c>.</returns>
    public Task<Result<IssuedStreamKey>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var live = await db.Lives.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        var streamKey = live.RotateStreamKey(now);
        db.Record(new LiveStreamKeyRotated(live.Id.Value, live.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(new IssuedStreamKey(live.PublicId, streamKey));
    });
}
