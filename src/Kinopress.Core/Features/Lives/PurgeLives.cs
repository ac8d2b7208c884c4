using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Empties the trash of lives that have been there for thirty days. Their names are never used again; their replays stay.</summary>
public sealed class PurgeLives(KinopressDbContext db, TimeProvider clock)
{
    private const int BatchSize = 20;

    /// <returns>How many there were, of one batch.</returns>
    public Task<Result<int>> RunAsync(CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var now = clock.GetUtcNow();
        var before = now - DeleteLive.KeptInTrash;

        // A recording that is still to be saved needs its session.
        var due = await db.Lives
            .Where(live => live.DeletedAt < before && !db.LiveSessions.Any(session => session.LiveId == live.Id && session.SettledAt == null))
            .OrderBy(live => live.DeletedAt)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        foreach (var live in due)
        {
            db.Tombstones.Add(new Tombstone { Kind = "live", PublicId = live.PublicId, DeletedAt = live.DeletedAt ?? now });
            db.Record(new LivePurged(live.Id.Value, live.PublicId), now);
            db.Lives.Remove(live);
        }

        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(due.Count);
    });
}
