using Kinopress.Core.Foundation;
using Kinopress.Media.Probing;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Looks into a file with ffprobe.</summary>
public sealed class MediaProbe(IProcessRunner processes, KinopressOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>What is in the file, or why it cannot be used; neither when ffprobe is not installed.</returns>
    public async Task<ProbeFinding> LookAsync(string path, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous))
        {
            if (await BoxedFileEnd.IsMissingAsync(file, cancellationToken))
            {
                return new ProbeFinding(Media: null, MediaFailures.Truncated);
            }
        }

        ProcessOutcome outcome;
        try
        {
            var request = new ProcessRequest(options.Ffprobe, FfprobeCommand.Arguments(path)) { Timeout = Patience };
            outcome = await processes.RunAsync(request, cancellationToken);
        }
        catch (ProgramMissingException)
        {
            return new ProbeFinding(Media: null, Failure: null);
        }

        if (outcome.ExitCode < 0)
        {
            return new ProbeFinding(Media: null, MediaFailures.TookTooLong);
        }

        var result = FfprobeOutput.Parse(outcome.Output, ProbeLimits.Default, outcome.ErrorOutput);
        return new ProbeFinding(result.Media, result.Refusal is { } refusal ? MediaFailures.For(refusal) : null);
    }
}

/// <summary>What a look into a file found. Both null: nobody could look.</summary>
public sealed record ProbeFinding(ProbedMedia? Media, Failure? Failure);
