using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// Ends a session and, in the same transaction, makes its recording a video that can be watched at once. Idempotent: a
/// session that was settled stays as it is. One whose creator ended it already keeps that ending and gets its video.
/// </summary>
public sealed class EndLiveSession(KinopressDbContext db, TimeProvider clock)
{
    /// <returns>The replay, if any; or <c>live.not_found</c> without such a session.</returns>
    public Task<Result<EndedLiveSession>> RunAsync(Id<LiveSession> id, LiveSessionEnding ending, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        if (await db.LiveSessions.SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } session)
        {
            return LiveFailures.NotFound;
        }

        if (session.SettledAt is not null)
        {
            return Result.Of(new EndedLiveSession(await PublicIdOfAsync(session.ReplayVideoId, cancellationToken)));
        }

        var live = await db.Lives.SingleAsync(candidate => candidate.Id == session.LiveId, cancellationToken);
        var now = clock.GetUtcNow();
        var at = ending.At is { } moment && moment < now ? moment : now;
        if (session.End(ending.Reason, at))
        {
            live.End(at); // refused only where it is off the air by other means, which is what was asked for
            db.Record(new LiveEnded(live.Id.Value, live.PublicId, session.Id.Value, ending.Reason), now);
        }

        var replay = ending.Recording is { } recording && recording.Duration > TimeSpan.Zero ? await AddReplayAsync(live, session, recording, now, cancellationToken) : null;
        session.Settle(replay, ending.Recording?.Timeline, ending.PeakViewers, now);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(new EndedLiveSession(replay?.PublicId));
    });

    private async Task<Video> AddReplayAsync(Live live, LiveSession session, LiveRecording recording, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var details = new VideoRecording(live.Title, live.Description, live.Tags, live.Visibility, recording.Duration);
        var video = RecordedVideo.Add(db, session.ReplayId, details, recording.Renditions, live.ChannelId, clock);
        db.Record(new LiveRecorded(live.Id.Value, live.PublicId, session.Id.Value, video.PublicId), now);
        RecordedVideo.Announce(db, video, now);

        // Index ix_live_markers_session_offset.
        var markers = await db.LiveMarkers.AsNoTracking().Where(marker => marker.SessionId == session.Id).ToListAsync(cancellationToken);
        db.VideoChapters.AddRange(recording.ChaptersOf(session.Title, markers).Select(chapter =>
            new VideoChapter { VideoId = video.Id, StartInMilliseconds = (long)chapter.Start.TotalMilliseconds, Title = chapter.Title }));

        return video;
    }

    private async Task<string?> PublicIdOfAsync(Id<Video>? videoId, CancellationToken cancellationToken) =>
        videoId is { } id ? await db.Videos.Where(video => video.Id == id).Select(video => video.PublicId).SingleOrDefaultAsync(cancellationToken) : null;
}

/// <summary>A session that is over.</summary>
/// <param name="ReplayPublicId">The video it left; null when it left none.</param>
public sealed record EndedLiveSession(string? ReplayPublicId);
