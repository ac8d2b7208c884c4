using System.Net.Http.Json;
using System.Text.Json;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;
using Kinopress.Testing.Live;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>Lives that come as WebM, as MediaRecorder writes it, through a real encoder on the server.</summary>
public sealed class WebMLiveTests
{
    private const int PieceSize = 16 * 1024;

    [Fact]
    public async Task What_a_page_records_plays_and_its_replay_decodes()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker();
        using var page = await OpenAsync(site, live);

        var sending = SendAsync(page, seconds: 14);
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 10);
        await sending;
        await page.EndAsync();
        Assert.Equal("ended", (await page.HearAsync("end")).GetProperty("reason").GetString());
        var replay = await site.ReplayAsync(live);

        Assert.Empty(checker.Violations);
        var playlists = await Playing.DecodeAllAsync(site.Films, replay);
        Assert.InRange(await Playing.CountFramesAsync(site.Films, playlists[0]), 330, 420);
        Assert.Empty(Encoders(site));
    }

    [Fact]
    public async Task A_killed_encoder_interrupts_the_live_until_the_page_comes_again()
    {
        Tools.NeedLinux();
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        using var page = await OpenAsync(site, live);
        var sending = SendAsync(page, seconds: 60);
        await site.UntilPlayableAsync(live);

        PageEncoders.Kill(site.Films.Running.ProcessId);

        Assert.Equal("live.encoder_failed", (await page.HearAsync("end")).GetProperty("code").GetString());
        await site.UntilStateAsync(live, "interrupted");
        using var again = await OpenAsync(site, live);
        var sendingAgain = SendAsync(again, seconds: 6);
        await site.UntilStateAsync(live, "live");
        await sendingAgain;
        await again.EndAsync();

        var replay = await site.ReplayAsync(live);
        await Playing.DecodeAllAsync(site.Films, replay);
        page.Dispose();
        await sending;
    }

    [Fact]
    public async Task What_is_no_recording_is_refused_and_leaves_nothing()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        using var page = await OpenAsync(site, live);

        var farewell = await page.SendUntilEndAsync("ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray());

        Assert.Equal("live.encoder_failed", farewell.GetProperty("code").GetString());
        await FilmSite.EventuallyAsync(() => Task.FromResult(Encoders(site).Count == 0), "no encoder is left");
        Assert.Equal("idle", (await site.GetAsync(live)).GetProperty("state").GetString());
    }

    private static async Task<TestPage> OpenAsync(LiveSite site, TestLive live)
    {
        using var answer = await site.Films.PostAsync($"/rest/v1/lives/{live.PublicId}/browser-ticket?format=webm", new { });
        answer.EnsureSuccessStatusCode();
        var ticket = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket").GetString() ?? "";
        var page = await TestPage.OpenAsync(site.Films.Running.Address, ticket, "webm");
        await page.HearAsync("ready");
        return page;
    }

    /// <summary>ffmpeg records a test picture with a tone, in real time; its file is cut anywhere.</summary>
    private static async Task SendAsync(TestPage page, int seconds)
    {
        using var recorder = Tools.Start("ffmpeg",
        [
            "-hide_banner", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30", "-re", "-f", "lavfi", "-i", "sine=440:sample_rate=48000",
            "-t", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-g", "300", "-c:a", "libopus", "-live", "1", "-flush_packets", "1", "-f", "webm", "pipe:1",
        ]);
        recorder.ErrorDataReceived += (_, _) => { };
        recorder.BeginErrorReadLine();
        var piece = new byte[PieceSize];
        try
        {
            while (await recorder.StandardOutput.BaseStream.ReadAsync(piece) is > 0 and var size)
            {
                await page.SendAsync(piece.AsMemory(0, size));
            }
        }
        catch (ObjectDisposedException)
        {
            recorder.Kill(); // the page is gone
        }

        await recorder.WaitForExitAsync();
    }

    private static IReadOnlyList<int> Encoders(LiveSite site) => PageEncoders.Of(site.Films.Running.ProcessId);
}
