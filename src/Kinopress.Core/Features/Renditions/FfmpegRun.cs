using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Runs ffmpeg for a job: progress out, its ways of failing turned into the job's.</summary>
public sealed class FfmpegRun(IProcessRunner processes, KinopressOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <param name="fraction">From ffmpeg's report to the share that is done, 0 to 1; null when the run has no measure.</param>
    /// <exception cref="JobFailedException">ffmpeg is missing, failed, or the disk is full.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, Func<EncodingProgress, double>? fraction, JobRun run, bool inBackground, CancellationToken cancellationToken)
    {
        var progress = new FfmpegProgressParser();
        ProcessOutcome outcome;
        try
        {
            outcome = await processes.RunAsync(
                new ProcessRequest(options.Ffmpeg, arguments)
                {
                    InBackground = inBackground,
                    Timeout = Patience,
                    OnOutputLine = line => Report(progress, line, fraction, run),
                },
                cancellationToken);
        }
        catch (ProgramMissingException exception)
        {
            throw new JobFailedException(MediaFailures.FfmpegMissingCode, MediaFailures.FfmpegMissingMessage, exception) { WaitsForOwner = true };
        }

        if (outcome.Succeeded)
        {
            return;
        }

        var details = new IOException($"ffmpeg ended with {outcome.ExitCode}: {outcome.ErrorOutput}");
        throw outcome.ErrorOutput.Contains("No space left on device", StringComparison.Ordinal)
            ? new JobFailedException(MediaFailures.DiskFullCode, MediaFailures.DiskFullMessage, new StorageFullException(details)) { WaitsForOwner = true }
            : new JobFailedException(MediaFailures.EncoderFailedCode, MediaFailures.EncoderFailedMessage, details);
    }

    private static void Report(FfmpegProgressParser parser, string line, Func<EncodingProgress, double>? fraction, JobRun run)
    {
        if (parser.Consume(line) is { } progress && fraction is not null)
        {
            run.Report(fraction(progress), progress.Speed);
        }
    }
}
