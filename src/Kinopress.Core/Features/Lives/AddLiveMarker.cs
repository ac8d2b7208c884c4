using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Marks a moment of a live on air. The replay gets a chapter there.</summary>
public sealed class AddLiveMarker(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="title">What is there to see.</param>
    /// <param name="offset">Since the session started; null means now.</param>
    /// <returns><c>live.not_found</c>, <c>live.not_live</c>, <c>live.invalid</c> or <c>live.too_many_markers</c>.</returns>
    public async Task<Result<LiveMarkerView>> RunAsync(string publicId, string? title, TimeSpan? offset, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        // Index ix_live_sessions_live_number.
        var session = await db.LiveSessions.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.LiveId == live.Id && candidate.Number == live.SessionCount, cancellationToken);
        if (!live.IsOnAir || session is not { EndedAt: null })
        {
            return LiveFailures.NotLive;
        }

        var now = clock.GetUtcNow();
        var at = offset ?? now - session.StartedAt;
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var words = Text.SingleLine(title, LiveMarker.MaxTitleLength);
        if (words is null)
        {
            mistakes["title"] = "Say what is to be found there.";
        }

        if (at < TimeSpan.Zero || at > now - session.StartedAt)
        {
            mistakes["offsetMs"] = "Choose a moment that has been on air.";
        }

        if (mistakes.Count > 0 || words is null)
        {
            return LiveFailures.Invalid(mistakes);
        }

        // Index ix_live_markers_session_offset.
        if (await db.LiveMarkers.CountAsync(marker => marker.SessionId == session.Id, cancellationToken) >= LiveMarker.MaxCount)
        {
            return LiveFailures.TooManyMarkers;
        }

        var made = LiveMarker.Create(session, at, words, clock);
        db.LiveMarkers.Add(made);
        db.Record(new LiveMarked(live.Id.Value, live.PublicId, session.Id.Value, made.OffsetInMilliseconds, made.Title), now);
        await db.SaveChangesAsync(cancellationToken);
        return new LiveMarkerView(made.Id, made.OffsetInMilliseconds, made.Title);
    }
}
