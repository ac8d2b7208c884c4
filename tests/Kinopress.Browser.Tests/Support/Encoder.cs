using System.Diagnostics;
using System.Globalization;

namespace Kinopress.Browser.Tests.Support;

/// <summary>ffmpeg as somebody's encoder: a test picture and a tone by RTMP, thirty pictures and a keyframe a second. Disposing kills it, which is how encoders vanish.</summary>
internal sealed class Encoder : IDisposable
{
    private readonly Process _process;

    private Encoder(Process process) => _process = process;

    public static Encoder Start(int port, string streamKey)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [
                "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
                "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "30", "-b:v", "800k", "-c:a", "aac", "-t", "300",
                "-f", "flv", string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}/live/{streamKey}"),
            ])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        return new Encoder(process);
    }

    /// <summary>Says goodbye, which ends the live.</summary>
    public async Task EndAsync()
    {
        await _process.StandardInput.WriteAsync("q");
        await _process.StandardInput.FlushAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
