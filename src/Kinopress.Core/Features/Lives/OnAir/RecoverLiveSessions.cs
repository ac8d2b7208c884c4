using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Finishes what a crash cut off: what was recorded becomes a complete video, the live is off the air. Runs before encoders
/// are let in. Idempotent.
/// </summary>
public sealed partial class RecoverLiveSessions(LiveSessionQueries sessions, RecordingFiles recordings, KeptRecording keptRecording, EndLiveSession endLiveSession, ILogger<RecoverLiveSessions> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach (var session in await sessions.ListUnfinishedSessionsAsync(cancellationToken))
        {
            try
            {
                await FinishAsync(session, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotRecovered(logger, exception, session.PublicId); // its files stay; the site starts all the same
                kept.Add(session.RecordingFolder);
            }
        }

        // What is left belongs to sessions that were settled: a crash between the last two steps.
        foreach (var leftover in recordings.ListSessions().Where(folder => !kept.Contains(folder)).ToList())
        {
            recordings.Delete(leftover);
        }
    }

    private async Task FinishAsync(UnfinishedLiveSession session, CancellationToken cancellationToken)
    {
        var chunks = recordings.Read(session.RecordingFolder);
        var recording = session.Records ? await keptRecording.KeepAsync(session.RecordingFolder, chunks, session.ReplayId, session.StartedAt, cancellationToken) : null;
        var ending = new LiveSessionEnding { Reason = LiveEndReason.SiteCrashed, At = EndOf(chunks) ?? session.StartedAt, Recording = recording };
        if (!(await endLiveSession.RunAsync(session.Id, ending, cancellationToken)).Failed(out _))
        {
            recordings.Delete(session.RecordingFolder);
        }
    }

    private static DateTimeOffset? EndOf(IReadOnlyList<RecordedChunk> chunks) => chunks
        .Where(chunk => !chunk.IsFiller)
        .Select(chunk => chunk.Segments[^1])
        .Select(segment => (DateTimeOffset?)(segment.At + segment.Duration))
        .DefaultIfEmpty(null)
        .Max();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.not_recovered", Message = "The recording of live {PublicId} that a crash cut off could not be made a video; the next start of the site tries again")]
        public static partial void NotRecovered(ILogger logger, Exception exception, string publicId);
    }
}
