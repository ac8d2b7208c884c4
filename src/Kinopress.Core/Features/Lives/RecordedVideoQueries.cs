using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Tells which videos came off a live, and how.</summary>
public sealed class RecordedVideoQueries(KinopressDbContext db)
{
    // A clip ends where a segment does.
    private static readonly TimeSpan LongestClip = LiveClipRequest.Longest + TimeSpan.FromSeconds(15);

    /// <summary>
    /// Those of the videos that came off a live and that the caller may manage. A live that was deleted for good took its times on air
    /// along; then only the length tells a clip from a replay. Primary key of videos, ix_live_sessions_replay_video_id.
    /// </summary>
    public async Task<IReadOnlyDictionary<Id<Video>, RecordedVideoKind>> FindKindsAsync(IReadOnlyCollection<Id<Video>> ids, Caller caller, CancellationToken cancellationToken)
    {
        var recorded = await db.Videos.AsNoTracking().ManagedBy(caller)
            .Where(video => ids.Contains(video.Id) && video.Sources.Any(source => source.Kind == SourceKind.Recording))
            .Select(video => new { video.Id, video.DurationInMilliseconds, IsReplay = db.LiveSessions.Any(session => session.ReplayVideoId == video.Id) })
            .ToListAsync(cancellationToken);
        return recorded.ToDictionary(
            video => video.Id,
            video => video.IsReplay || video.DurationInMilliseconds > LongestClip.TotalMilliseconds ? RecordedVideoKind.Replay : RecordedVideoKind.Clip);
    }
}

/// <summary>How a video came off a live.</summary>
public enum RecordedVideoKind
{
    /// <summary>All of one time on air.</summary>
    Replay,

    /// <summary>A piece somebody cut out while it was on air.</summary>
    Clip,
}
