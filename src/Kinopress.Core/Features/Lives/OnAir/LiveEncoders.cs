using Kinopress.Core.Foundation;
using Kinopress.Media.Encoding;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What this machine's ffmpeg can encode lives with. Thread-safe.</summary>
public sealed class LiveEncoders(IProcessRunner processes, KinopressOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private volatile EncoderSet? _found;

    /// <summary>Asked again until there is H.264: whoever lacks it installs it.</summary>
    /// <returns>Null without ffmpeg.</returns>
    public async Task<EncoderSet?> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is { } known)
        {
            return known;
        }

        try
        {
            var outcome = await processes.RunAsync(new ProcessRequest(options.Ffmpeg, FfmpegCapabilities.EncodersArguments) { Timeout = Patience }, cancellationToken);
            if (!outcome.Succeeded)
            {
                return null;
            }

            var found = FfmpegCapabilities.Parse(outcome.Output);
            _found = found.HasX264 ? found : null;
            return found;
        }
        catch (ProgramMissingException)
        {
            return null;
        }
    }
}
