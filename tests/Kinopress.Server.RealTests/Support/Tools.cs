using System.Diagnostics;

namespace Kinopress.Server.RealTests.Support;

/// <summary>Programs of this machine, run to their end with a deadline.</summary>
internal static class Tools
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Need(string program) => Assert.SkipUnless(IsOnPath(program), $"{program} is not installed");

    public static void NeedFfmpeg() => Assert.SkipUnless(IsOnPath("ffmpeg") && IsOnPath("ffprobe"), "ffmpeg is not installed");

    public static void NeedRootOnLinux() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root on Linux can mount a small disk");

    public static void NeedLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at /proc, which only Linux has");

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        return await FinishAsync(process);
    }

    public static async Task<(int ExitCode, string Output, string Error)> FinishAsync(Process process)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Every encoder at work in a site's scratch folder.</summary>
    public static IReadOnlyList<int> Encoders(string data) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id != 0 && CommandLine(id) is var line && line.Contains(Path.Combine(data, "tmp", "work"), StringComparison.Ordinal) && line.Contains("libx264", StringComparison.Ordinal)),
    ];

    /// <summary>Asks a process to stop (SIGTERM) and waits until it has.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task TerminateAsync(int processId, TimeSpan patience)
    {
        using var process = Process.GetProcessById(processId);
        await RunAsync("kill", "-TERM", processId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await process.WaitForExitAsync().WaitAsync(patience);
    }

    private static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool IsOnPath(string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
    }
}
