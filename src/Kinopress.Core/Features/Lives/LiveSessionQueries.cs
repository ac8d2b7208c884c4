using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Reads about the times a live was on air.</summary>
public sealed class LiveSessionQueries(KinopressDbContext db, NodeIdentity node)
{
    /// <summary>The sessions of a live the caller may manage, newest first, each with its markers. Index ix_live_sessions_live_number.</summary>
    /// <returns><c>live.not_found</c> when missing or not the caller's.</returns>
    public async Task<Result<Page<LiveSessionView>>> ListAsync(string publicId, PageRequest page, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ManagedBy(caller).Where(candidate => candidate.PublicId == publicId).Select(candidate => new { candidate.Id }).SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var sessions = db.LiveSessions.AsNoTracking().Where(session => session.LiveId == live.Id);
        if (Cursor.Parse(page.Cursor) is { } after)
        {
            var id = new Id<LiveSession>(after.Id);
            sessions = sessions.Where(session => session.StartedAt < after.Moment || (session.StartedAt == after.Moment && session.Id < id));
        }

        var rows = await sessions.OrderByDescending(session => session.StartedAt).ThenByDescending(session => session.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Limit).ToList();
        var ids = shown.ConvertAll(session => session.Id);

        // Index ix_live_markers_session_offset, primary key of videos.
        var markers = (await db.LiveMarkers.AsNoTracking().Where(marker => ids.Contains(marker.SessionId)).OrderBy(marker => marker.OffsetInMilliseconds).ThenBy(marker => marker.Id).ToListAsync(cancellationToken))
            .ToLookup(marker => marker.SessionId, marker => new LiveMarkerView(marker.Id, marker.OffsetInMilliseconds, marker.Title));
        var replayIds = shown.Select(session => session.ReplayVideoId).OfType<Id<Videos.Video>>().ToList();
        var replays = await db.Videos.AsNoTracking().Where(video => replayIds.Contains(video.Id)).Select(video => new { video.Id, video.PublicId }).ToDictionaryAsync(video => video.Id, video => video.PublicId, cancellationToken);
        var views = shown.ConvertAll(session => new LiveSessionView(
            session.Id,
            session.Number,
            session.StartedAt,
            session.EndedAt,
            session.EndReason,
            session.InterruptedAt,
            session.PeakViewers,
            session.EncoderName,
            session.ReplayVideoId is { } replay ? replays.GetValueOrDefault(replay) : null,
            [.. markers[session.Id]]));
        return new Page<LiveSessionView>(views, rows.Count > page.Limit ? new Cursor(shown[^1].StartedAt, shown[^1].Id.Value).ToString() : null);
    }

    /// <summary>
    /// Sessions of this node of which something is left to do, oldest first: those a crash cut off, and those nobody settled. What
    /// another node has on air is its own. Index ix_live_sessions_settled_at.
    /// </summary>
    public async Task<IReadOnlyList<UnfinishedLiveSession>> ListUnfinishedSessionsAsync(CancellationToken cancellationToken)
    {
        var rows = await db.LiveSessions.AsNoTracking()
            .Where(session => session.SettledAt == null && (session.Node == null || session.Node == node.Name))
            .Join(db.Lives, session => session.LiveId, live => live.Id, (session, live) => new { Session = session, live.PublicId, live.Records })
            .OrderBy(row => row.Session.StartedAt)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new UnfinishedLiveSession(
            row.Session.Id, row.Session.LiveId, row.PublicId, row.Session.Number, row.Session.StartedAt, row.Session.EndedAt, row.Session.RecordingFolder, row.Session.ReplayId, row.Records));
    }
}
