using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;

namespace Kinopress.Browser.Tests;

/// <summary>
/// What docs/performance.md says of the time from a camera to a screen. Run by name with <c>-explicit only</c>: it judges nothing,
/// it prints. Every picture carries the moment it was taken, as twenty black or white fields, which the viewer's page reads back
/// from what it draws.
/// </summary>
public sealed class LatencyLoad(Chromium chromium)
{
    private const int Samples = 600;

    // On each picture the page draws: its own clock, and the milliseconds read from the fields. Times are of the whole second
    // the encoder was started in, modulo the 2^20 ms that fit into the fields.
    private const string Watch = """
        video => {
            const canvas = new OffscreenCanvas(640, 40);
            const context = canvas.getContext('2d', { willReadFrequently: true });
            window.samples = [];
            const read = (now, frame) => {
                context.drawImage(video, 0, 0, video.videoWidth, 40, 0, 0, 640, 40);
                const pixels = context.getImageData(0, 20, 640, 1).data;
                let taken = 0;
                for (let bit = 0; bit < 20; bit++) taken += (pixels[(bit * 32 + 16) * 4] > 127 ? 1 : 0) * 2 ** bit;
                window.samples.push([performance.timeOrigin + frame.expectedDisplayTime, taken]);
                video.requestVideoFrameCallback(read);
            };
            video.requestVideoFrameCallback(read);
        }
        """;

    [Fact(Explicit = true)]
    public async Task From_the_camera_to_the_screen()
    {
        var port = RunningSite.FreePort();
        await using var site = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}") });
        var (live, key) = await NewLiveAsync(site.Address, await site.SetUpAsync());
        await using var early = await Visit.BeginAsync(chromium, site.Address);
        await early.Page.GotoAsync($"/watch/{live}");

        var zero = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1000;
        using var encoder = Send(string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}/live/{key}"), zero);
        try
        {
            var waiting = await FirstPictureAsync(early) - await StartedAsync(site.Address, live);
            await early.DisposeAsync();
            await Task.Delay(TimeSpan.FromSeconds(5));
            await using var viewer = await Visit.BeginAsync(chromium, site.Address);
            var opened = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await viewer.Page.GotoAsync($"/watch/{live}");
            var joined = await FirstPictureAsync(viewer) - opened;
            await viewer.Page.WaitForFunctionAsync("() => window.samples.length > 150", null, new() { Timeout = 60_000 }); // the player has settled
            await viewer.Page.EvaluateAsync("() => { window.samples.length = 0; }");
            await viewer.Page.WaitForFunctionAsync(string.Create(CultureInfo.InvariantCulture, $"() => window.samples.length >= {Samples}"), null, new() { Timeout = 120_000 });
            var behind = (await SamplesAsync(viewer)).ConvertAll(sample => Behind(sample, zero));
            behind.Sort();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"camera to screen over {behind.Count} pictures: p50 {At(behind, 0.5):0} ms, p90 {At(behind, 0.9):0} ms, p99 {At(behind, 0.99):0} ms; "
                + $"first picture of who waited: {waiting:0} ms after the live's first; of who comes later: {joined:0} ms after opening the page"));
        }
        finally
        {
            encoder.Kill();
        }
    }

    private static async Task<(string PublicId, string Key)> NewLiveAsync(Uri site, string token)
    {
        using var http = new HttpClient { BaseAddress = site };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.PostAsJsonAsync("/rest/v1/lives", new { title = "Clock", visibility = "public" });
        var live = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (live.GetProperty("publicId").GetString() ?? "", live.GetProperty("ingest").GetProperty("streamKey").GetString() ?? "");
    }

    // The pace comes before the fields, and the fields before the encoder: all that takes time is measured.
    private static Process Send(string address, long zero)
    {
        var fields = "lum='if(mod(floor(floor(T*1000)/pow(2,floor(X/32))),2),235,16)':cb=128:cr=128";
        var graph = string.Create(
            CultureInfo.InvariantCulture,
            $"color=c=black:s=640x40:r=30,realtime,setpts='(RTCTIME-{zero}000)/(TB*1000000)',settb=1/1000000,geq={fields},pad=640:360:0:0:gray,setpts='N/(30*TB)',format=yuv420p[v]");
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [
                "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "sine=440:sample_rate=48000", "-filter_complex", graph, "-map", "[v]", "-map", "0:a",
                "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "60", "-b:v", "1M", "-c:a", "aac", "-t", "240", "-f", "flv", address,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    /// <returns>When the site had the first picture, in milliseconds since 1970.</returns>
    private static async Task<double> StartedAsync(Uri site, string live)
    {
        using var http = new HttpClient { BaseAddress = site };
        return (await http.GetFromJsonAsync<JsonElement>($"/rest/v1/lives/{live}")).GetProperty("startedAt").GetDateTimeOffset().ToUnixTimeMilliseconds();
    }

    /// <returns>When the first picture was on the screen, in milliseconds since 1970.</returns>
    private static async Task<double> FirstPictureAsync(Visit visit)
    {
        var video = visit.Page.Locator("kinopress-player video");
        await video.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        await video.EvaluateAsync(Watch);
        await visit.Page.WaitForFunctionAsync("() => window.samples.length > 0", null, new() { Timeout = 60_000 });
        return (await SamplesAsync(visit))[0].Shown;
    }

    private static async Task<List<(double Shown, double Taken)>> SamplesAsync(Visit visit) =>
        [.. (await visit.Page.EvaluateAsync<JsonElement>("() => window.samples")).EnumerateArray().Select(sample => (sample[0].GetDouble(), sample[1].GetDouble()))];

    private static double Behind((double Shown, double Taken) sample, long zero)
    {
        const double Turn = 1 << 20;
        return (((sample.Shown - zero - sample.Taken) % Turn) + Turn) % Turn;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
