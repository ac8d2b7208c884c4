using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress doctor</c>: looks at everything the site needs and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var command = new Command("doctor", "Check ffmpeg, disk, ports, database and clock.") { BootOptions.Urls }.With();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommandScope.OpenAsync(parsed, prepare: false, cancellationToken);
        var health = scope.Get<SystemHealth>();
        List<Finding> findings =
        [
            await FfmpegAsync(health, cancellationToken),
            await EncodersAsync(health, cancellationToken),
            Disk(health, scope.Get<DataFolder>()),
            .. Ports(scope.Options),
            await DatabaseAsync(health, scope.Options, cancellationToken),
            Clock(scope.Get<TimeProvider>()),
        ];
        foreach (var finding in findings)
        {
            Console.WriteLine($"{(finding.IsWell ? "ok  " : "FAIL")}  {finding.Subject,-10} {finding.Text}");
        }

        if (findings.TrueForAll(finding => finding.IsWell))
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"{findings.Count(finding => !finding.IsWell)} of {findings.Count} checks failed.");
        return 1;
    }

    private static async Task<Finding> FfmpegAsync(SystemHealth health, CancellationToken cancellationToken) =>
        await health.FfmpegVersionAsync(cancellationToken) is { } version && await health.HasFfprobeAsync(cancellationToken)
            ? new Finding("ffmpeg", IsWell: true, version)
            : new Finding("ffmpeg", IsWell: false, "not installed. Run: apt-get install -y ffmpeg");

    private static async Task<Finding> EncodersAsync(SystemHealth health, CancellationToken cancellationToken) =>
        await health.EncodersAsync(cancellationToken) switch
        {
            null => new Finding("encoders", IsWell: false, "unknown without ffmpeg"),
            { HasX264: true, HasAac: true } => new Finding("encoders", IsWell: true, "H.264 and AAC"),
            _ => new Finding("encoders", IsWell: false, "this ffmpeg lacks libx264 or aac. Install the one of your distribution."),
        };

    private static Finding Disk(SystemHealth health, DataFolder folder) => health.SpareBytes() switch
    {
        null => new Finding("disk", IsWell: true, $"{folder.Root}: free space unknown"),
        <= 0 => new Finding("disk", IsWell: false, $"{folder.Root}: full. Make room or move the data folder."),
        { } spare => new Finding("disk", IsWell: true, $"{folder.Root}: {spare / 1_000_000_000.0:0.0} GB to spare"),
    };

    private static IEnumerable<Finding> Ports(KinopressOptions options)
    {
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var port = BindingAddress.Parse(url).Port;
            yield return IsFree(port)
                ? new Finding("port", IsWell: true, $"{port} is free")
                : new Finding("port", IsWell: true, $"{port} is in use: by this site if it runs, else choose another with --urls");
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<Finding> DatabaseAsync(SystemHealth health, KinopressOptions options, CancellationToken cancellationToken)
    {
        var kind = options.Postgres is null ? "SQLite" : "PostgreSQL";
        try
        {
            return await health.DatabaseIsReadyAsync(cancellationToken)
                ? new Finding("database", IsWell: true, $"{kind}, schema up to date")
                : new Finding("database", IsWell: true, $"{kind}, made or updated at the next start");
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return new Finding("database", IsWell: false, $"{kind} does not answer: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    // Signatures and sessions need a clock that is roughly right; one before this program was made is certainly wrong.
    private static Finding Clock(TimeProvider clock) => clock.GetUtcNow() > Built
        ? new Finding("clock", IsWell: true, clock.GetUtcNow().ToString("u", System.Globalization.CultureInfo.InvariantCulture))
        : new Finding("clock", IsWell: false, "far in the past. Set it, for example with timedatectl set-ntp true");

    private sealed record Finding(string Subject, bool IsWell, string Text);
}
