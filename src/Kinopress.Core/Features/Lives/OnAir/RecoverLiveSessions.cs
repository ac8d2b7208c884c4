using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Finishes what a crash cut off: what was recorded becomes a complete video, the live is off the air. Runs before encoders
/// are let in. Idempotent.
/// </summary>
public sealed class RecoverLiveSessions(LiveSessionQueries sessions, RecordingFiles recordings, KeptRecording kept, EndLiveSession endLiveSession)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var session in await sessions.ListUnfinishedSessionsAsync(cancellationToken))
        {
            var chunks = recordings.Read(session.RecordingFolder);
            var recording = session.Records ? await kept.KeepAsync(session.RecordingFolder, chunks, session.ReplayId, session.StartedAt, cancellationToken) : null;
            var ending = new LiveSessionEnding { Reason = LiveEndReason.SiteCrashed, At = EndOf(chunks) ?? session.StartedAt, Recording = recording };
            if (!(await endLiveSession.RunAsync(session.Id, ending, cancellationToken)).Failed(out _))
            {
                recordings.Delete(session.RecordingFolder);
            }
        }

        // What is left belongs to sessions that were settled: a crash between the last two steps.
        foreach (var leftover in recordings.ListSessions().ToList())
        {
            recordings.Delete(leftover);
        }
    }

    private static DateTimeOffset? EndOf(IReadOnlyList<RecordedChunk> chunks) => chunks
        .Where(chunk => !chunk.IsFiller)
        .Select(chunk => chunk.Segments[^1])
        .Select(segment => (DateTimeOffset?)(segment.At + segment.Duration))
        .DefaultIfEmpty(null)
        .Max();
}
