using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;

namespace Kinopress.Server.Host;

/// <summary>Looks at what the site needs to work: used by the readiness check, Studio's warning and the doctor.</summary>
internal sealed class SystemHealth(KinopressDbContext db, KinopressOptions options, DataFolder folder, IProcessRunner processes)
{
    private static readonly TimeSpan ProgramPatience = TimeSpan.FromSeconds(10);

    /// <summary>The database answers and has this version's schema.</summary>
    public Task<bool> DatabaseIsReadyAsync(CancellationToken cancellationToken) => Database.IsCurrentAsync(db, cancellationToken);

    /// <summary>Free bytes beyond the reserve; null when the system does not say.</summary>
    public long? SpareBytes() => DiskErrors.FreeBytes(folder.Root) - options.ReservedDiskInBytes;

    /// <summary>The version of ffmpeg; null when it is missing.</summary>
    public async Task<string?> FfmpegVersionAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(options.Ffmpeg, "-version", cancellationToken);
        return answer is null ? null : answer.Split('\n')[0];
    }

    /// <summary>True when ffprobe is there too: some packages leave it out.</summary>
    public async Task<bool> HasFfprobeAsync(CancellationToken cancellationToken) =>
        await AskAsync(options.Ffprobe, "-version", cancellationToken) is not null;

    /// <summary>What ffmpeg can encode; null when it is missing.</summary>
    public async Task<EncoderSet?> EncodersAsync(CancellationToken cancellationToken) =>
        await AskAsync(options.Ffmpeg, "-encoders", cancellationToken) is { } list ? FfmpegCapabilities.Parse(list) : null;

    private async Task<string?> AskAsync(string program, string question, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await processes.RunAsync(
                new ProcessRequest(program, ["-hide_banner", question]) { Timeout = ProgramPatience }, cancellationToken);
            return outcome.Succeeded ? outcome.Output : null;
        }
        catch (ProgramMissingException)
        {
            return null;
        }
    }
}
