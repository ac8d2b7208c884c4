using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Kinopress.Media.RealTests;

/// <summary>Runs ffmpeg and ffprobe, bounded in time.</summary>
internal sealed record ToolRun(int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => System.Text.Encoding.UTF8.GetString(OutputBytes);
}

internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task<ToolRun> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
        }

        process.StandardInput.Close();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Limit);
        try
        {
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardOutput.BaseStream.CopyToAsync(output, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new ToolRun(process.ExitCode, output.ToArray(), await errors);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)}", exception);
        }
    }

    /// <summary>Runs and expects success without a word on standard error.</summary>
    public static async Task<ToolRun> SucceedAsync(string program, params IReadOnlyList<string> arguments)
    {
        var run = await RunAsync(program, arguments);
        Assert.True(run.ExitCode == 0 && run.Errors == "", $"{program} {string.Join(' ', arguments)}\n{run.ExitCode}: {run.Errors}");
        return run;
    }

    public static IReadOnlyList<double> Numbers(string output) =>
        [.. output.Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Where(double.IsFinite)];
}
