using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Says that the encoder of a session is away. Harmless when it is known.</summary>
public sealed class InterruptLiveSession(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>live.not_found</c> without such a session; <c>live.not_live</c> when it is over.</returns>
    public Task<Result<Done>> RunAsync(Id<LiveSession> id, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        if (await db.LiveSessions.SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } session)
        {
            return LiveFailures.NotFound;
        }

        if (session.EndedAt is not null)
        {
            return LiveFailures.NotLive;
        }

        var live = await db.Lives.SingleAsync(candidate => candidate.Id == session.LiveId, cancellationToken);
        var before = live.State;
        if (live.Interrupt().Failed(out var failure))
        {
            return failure;
        }

        if (live.State != before)
        {
            var now = clock.GetUtcNow();
            session.Interrupt(now);
            db.Record(new LiveInterrupted(live.Id.Value, live.PublicId, session.Id.Value), now);
            await db.SaveChangesAsync(cancellationToken);
        }

        return Result.Of(Done.Value);
    });
}
