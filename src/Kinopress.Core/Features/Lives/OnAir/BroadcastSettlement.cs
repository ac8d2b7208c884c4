using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Makes what a broadcast recorded a video that can be watched, and its session one that is over.</summary>
internal static class BroadcastSettlement
{
    /// <param name="broadcast">Off the air, so that nothing more is recorded.</param>
    public static async Task SettleAsync(Broadcast broadcast, BroadcastTools tools, StartedLiveSession session, LiveEndReason reason)
    {
        List<RecordedChunk> chunks = [];
        foreach (var rendition in broadcast.Renditions)
        {
            chunks.AddRange(await rendition.CompleteRecordingAsync());
        }

        var recording = broadcast.Live.Records ? await tools.UseAsync<KeptRecording, LiveRecording?>(kept =>
            kept.KeepAsync(session.RecordingFolder, chunks, session.ReplayId, session.StartedAt, CancellationToken.None)) : null;
        var ending = new LiveSessionEnding { Reason = reason, PeakViewers = broadcast.Viewers.Peak, Recording = recording };
        await tools.UseAsync<EndLiveSession, Result<EndedLiveSession>>(end => end.RunAsync(session.Id, ending, CancellationToken.None));
        tools.Recordings.Delete(session.RecordingFolder);
        tools.Board.Remove(broadcast.Live.PublicId);
    }
}
