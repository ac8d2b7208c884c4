using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Makes what a broadcast recorded a video that can be watched, and its session one that is over.</summary>
internal static partial class BroadcastSettlement
{
    /// <summary>Never fails: where it cannot be done now, the files stay, and the next start of the site tries again.</summary>
    /// <param name="broadcast">Off the air, so that nothing more is recorded.</param>
    /// <param name="session">Null when nothing was ever seen.</param>
    public static async Task TrySettleAsync(Broadcast broadcast, BroadcastTools tools, StartedLiveSession? session, LiveEndReason reason)
    {
        if (session is null)
        {
            return;
        }

        try
        {
            await SettleAsync(broadcast, tools, session, reason);
        }
        catch (Exception exception)
        {
            Log.NotSettled(tools.Logger, exception, broadcast.Live.PublicId);
        }
    }

    private static async Task SettleAsync(Broadcast broadcast, BroadcastTools tools, StartedLiveSession session, LiveEndReason reason)
    {
        List<RecordedChunk> chunks = [];
        foreach (var rendition in broadcast.Source.All)
        {
            chunks.AddRange(await rendition.CompleteRecordingAsync());
        }

        var recording = broadcast.Live.Records ? await tools.UseAsync<KeptRecording, LiveRecording?>(kept =>
            kept.KeepAsync(session.RecordingFolder, chunks, session.ReplayId, session.StartedAt, CancellationToken.None)) : null;
        var ending = new LiveSessionEnding { Reason = reason, PeakViewers = broadcast.Viewers.Peak, Recording = recording };
        await tools.UseAsync<EndLiveSession, Result<EndedLiveSession>>(end => end.RunAsync(session.Id, ending, CancellationToken.None));
        tools.Recordings.Delete(session.RecordingFolder);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.not_settled", Message = "The recording of live {PublicId} could not be made a video yet; the next start of the site tries again")]
        public static partial void NotSettled(ILogger logger, Exception exception, string publicId);
    }
}
