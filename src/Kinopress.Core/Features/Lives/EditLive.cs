using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// Changes a live's words, audience, plan and settings. A new title while it is on air is a marker too. Settings of the
/// broadcast itself count from the next time on air.
/// </summary>
public sealed class EditLive(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="revision">The revision the change was made from; null to change whatever is there.</param>
    /// <returns><c>live.not_found</c>, <c>live.invalid</c>, or <c>live.edited_elsewhere</c>.</returns>
    public Task<Result<Live>> RunAsync(string publicId, LiveEdit edit, int? revision, Caller caller, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var live = await db.Lives.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        if (revision is not null && revision != live.Revision)
        {
            return LiveFailures.EditedElsewhere;
        }

        var now = clock.GetUtcNow();
        if (edit.ApplyTo(live.Details, now).Failed(out var failure, out var details))
        {
            return failure;
        }

        var title = live.Title;
        live.Edit(details, now);
        if (live.IsOnAir && live.Title != title)
        {
            await MarkAsync(live, now, cancellationToken);
        }

        db.Record(new LiveEdited(live.Id.Value, live.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(live);
    });

    private async Task MarkAsync(Live live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Index ix_live_sessions_live_number.
        var session = await db.LiveSessions.SingleOrDefaultAsync(candidate => candidate.LiveId == live.Id && candidate.Number == live.SessionCount, cancellationToken);
        if (session is { EndedAt: null } && await db.LiveMarkers.CountAsync(marker => marker.SessionId == session.Id, cancellationToken) < LiveMarker.MaxCount)
        {
            db.LiveMarkers.Add(LiveMarker.Create(session, now - session.StartedAt, live.Title, clock));
        }
    }
}
