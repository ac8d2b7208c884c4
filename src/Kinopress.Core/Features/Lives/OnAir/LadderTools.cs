using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;
using Kinopress.Media.Planning;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What making smaller qualities of lives needs of this machine. Thread-safe.</summary>
public sealed class LadderTools(
    IProcessRunner processes, KinopressOptions options, WorkFolder work, LadderCapacity capacity, LiveEncoders encoders, TimeProvider clock, ILogger<LadderTools> logger)
{
    // sun_path of unix(7), with its terminator.
    private const int LongestSocketPath = 107;

    public LadderCapacity Capacity => capacity;

    public TimeProvider Clock => clock;

    public ILogger Logger => logger;

    /// <summary>Whether ffmpeg is here and can make H.264. Never on Windows: ffmpeg knows no Unix sockets there.</summary>
    public async Task<bool> HasEncoderAsync(CancellationToken cancellationToken) =>
        !OperatingSystem.IsWindows() && await encoders.FindAsync(cancellationToken) is { HasX264: true };

    /// <summary>Where one run's sockets are; null where their paths are too long for the system.</summary>
    public WorkSpace? MakeSpace()
    {
        var space = work.Create();
        if (space.FileFor("00").Length <= LongestSocketPath)
        {
            return space;
        }

        space.Dispose();
        return null;
    }

    /// <summary>Runs ffmpeg to its end, at low priority: passing the source on comes first. Cancelling kills it.</summary>
    /// <param name="writeInput">Gets ffmpeg's standard input; what it returns after is the end of the input.</param>
    public Task<ProcessOutcome> EncodeAsync(
        IReadOnlyList<LiveRung> rungs, bool isPortrait, IReadOnlyList<string> sockets, Func<Stream, CancellationToken, Task> writeInput, CancellationToken cancellationToken) =>
        processes.RunAsync(
            new ProcessRequest(options.Ffmpeg, LiveLadderCommand.Arguments(rungs, isPortrait, sockets)) { InBackground = true, WriteInput = writeInput, OnOutputLine = _ => { } },
            cancellationToken);
}
