using Kinopress.Core.Foundation;
using Kinopress.Media.Encoding;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Encodes for browsers that cannot: one ffmpeg for each live that one of them sends. Thread-safe.</summary>
public sealed class Transcoder(
    IProcessRunner processes, KinopressOptions options, LiveEncoders encoders, LadderCapacity capacity, TimeProvider clock, ILogger<Transcoder> logger)
{
    // 1280×720 at thirty pictures a second: 0.6 of a processor, and decoding besides.
    private const double CoresPerLive = 1;

    internal TimeProvider Clock => clock;

    internal ILogger Logger => logger;

    /// <summary>Room for one live. Dispose to give it back.</summary>
    /// <returns><c>live.no_encoder</c> without ffmpeg, libx264 or AAC; <c>live.encoders_busy</c> while every processor encodes already.</returns>
    public async Task<Result<IDisposable>> ReserveAsync(CancellationToken cancellationToken)
    {
        if (await encoders.FindAsync(cancellationToken) is not { IsSufficient: true })
        {
            return LiveFailures.NoEncoder;
        }

        return capacity.TryReserveForSource(CoresPerLive) is { } place ? Result.Of(place) : LiveFailures.EncodersBusy;
    }

    /// <summary>Starts ffmpeg; what it puts out goes to the feed.</summary>
    public Transcoding Begin(BroadcastFeed feed) => new(this, feed);

    /// <summary>Runs ffmpeg to its end. Cancelling kills it.</summary>
    internal Task<ProcessOutcome> RunAsync(
        Func<Stream, CancellationToken, Task> writeInput, Func<Stream, CancellationToken, Task> readOutput, CancellationToken cancellationToken) =>
        processes.RunAsync(new ProcessRequest(options.Ffmpeg, LiveTranscodeCommand.Arguments) { WriteInput = writeInput, ReadOutput = readOutput }, cancellationToken);
}
