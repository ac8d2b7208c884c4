using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// Takes a live off the air at once, because its creator says so. Whoever runs the broadcast learns it from
/// <see cref="LiveEnded"/>, stops sending, and settles the recording by <see cref="EndLiveSession"/>.
/// </summary>
public sealed class EndLive(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>live.not_found</c> when missing or not the caller's; <c>live.not_live</c>.</returns>
    public Task<Result<Live>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var live = await db.Lives.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        if (live.End(now).Failed(out var failure))
        {
            return failure;
        }

        // Index ix_live_sessions_live_number.
        var session = await db.LiveSessions.SingleAsync(candidate => candidate.LiveId == live.Id && candidate.Number == live.SessionCount, cancellationToken);
        session.End(LiveEndReason.Creator, now);
        db.Record(new LiveEnded(live.Id.Value, live.PublicId, session.Id.Value, LiveEndReason.Creator), now);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(live);
    });
}
