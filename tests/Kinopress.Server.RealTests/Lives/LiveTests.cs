using System.Net;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing.Live;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>Real encoders on air: what viewers get, and what is left afterwards.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task What_an_encoder_sends_plays_with_low_latency_and_is_a_replay_at_once()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker();

        var encoder = site.Push(live, new Broadcast { Seconds = 12 });
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 14);
        await encoder.WaitForExitAsync();
        var replay = await site.ReplayAsync(live);

        Assert.Empty(checker.Violations);
        Assert.Equal(0, encoder.ExitCode);
        Assert.Equal("ready", await site.Films.StateAsync(replay));
        var playlists = await Playing.DecodeAllAsync(site.Films, replay);
        Assert.Equal(360, await Playing.CountFramesAsync(site.Films, playlists.Single()));
    }

    [Fact]
    public async Task An_encrypted_connection_is_as_good()
    {
        await using var site = await LiveSite.StartEncryptedAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker();

        var encoder = site.Push(live, new Broadcast { Seconds = 8 });
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 6);
        await encoder.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(checker.Violations);
        await Playing.DecodeAllAsync(site.Films, await site.ReplayAsync(live));
    }

    [Fact]
    public async Task A_player_of_its_own_reads_it_from_the_edge_to_the_end()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();

        site.Push(live, new Broadcast { Seconds = 10 });
        await site.UntilSegmentAsync(live); // this player knows no parts
        var (exitCode, _, error) = await Tools.RunAsync(
            "ffmpeg", "-hide_banner", "-v", "error", "-nostdin", "-live_start_index", "0", "-i", site.MediaOf(live, "master.m3u8").ToString(), "-t", "6", "-map", "0", "-f", "null", "-");

        Assert.Equal("", error.Trim());
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("sound alone")]
    [InlineData("picture alone")]
    [InlineData("keyframes twenty seconds apart")]
    [InlineData("sixty frames a second")]
    [InlineData("a clock beyond four hours")]
    [InlineData("one frame a second")]
    public async Task Whatever_an_encoder_is_set_to_plays(string kind)
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker(maySkimp: kind == "one frame a second");

        var encoder = site.Push(live, kind switch
        {
            "sound alone" => new Broadcast { Seconds = 10, HasPicture = false },
            "picture alone" => new Broadcast { Seconds = 10, HasSound = false },
            "keyframes twenty seconds apart" => new Broadcast { Seconds = 12, KeyframeEvery = 600 },
            "sixty frames a second" => new Broadcast { Seconds = 10, FramesPerSecond = 60, KeyframeEvery = 120 },
            "one frame a second" => new Broadcast { Seconds = 12, FramesPerSecond = 1, KeyframeEvery = 2 },
            _ => new Broadcast { Seconds = 10, ClockStart = 16_775 },
        });
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 8);
        await encoder.WaitForExitAsync();
        var replay = await site.ReplayAsync(live);

        Assert.Empty(checker.Violations);
        var (exitCode, _, error) = await Tools.RunAsync("ffmpeg", "-v", "error", "-nostdin", "-i", site.Films.At(Playing.MasterOf(replay)).ToString(), "-map", "0", "-f", "null", "-");
        Assert.Equal("", error.Trim());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task GStreamer_is_understood_too()
    {
        Tools.Need("gst-launch-1.0");
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();

        site.Push(
            "gst-launch-1.0", "-q", "videotestsrc", "is-live=true", "num-buffers=300", "!", "video/x-raw,width=640,height=360,framerate=30/1", "!", "x264enc", "tune=zerolatency", "key-int-max=60", "bitrate=800", "!",
            "h264parse", "!", "flvmux", "streamable=true", "name=mux", "!", "rtmp2sink", $"location={site.AddressOf(live.StreamKey)}",
            "audiotestsrc", "is-live=true", "num-buffers=470", "!", "audio/x-raw,rate=48000,channels=2", "!", "avenc_aac", "!", "aacparse", "!", "mux.");
        await site.UntilPlayableAsync(live);
        var replay = await site.ReplayAsync(live, seconds: 60);

        // Its pictures come as unevenly as it makes them, so they are decoded at their own times.
        var (exitCode, _, error) = await Tools.RunAsync(
            "ffmpeg", "-v", "error", "-nostdin", "-i", site.Films.At(Playing.MasterOf(replay)).ToString(), "-map", "0", "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-f", "null", "-");
        Assert.Equal("", error.Trim());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task An_encoder_that_changes_its_picture_goes_on()
    {
        Tools.Need("gst-launch-1.0");
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker();

        site.Push(
            "gst-launch-1.0", "-q", "concat", "name=pictures", "!", "x264enc", "tune=zerolatency", "speed-preset=ultrafast", "key-int-max=30", "!", "h264parse", "!",
            "flvmux", "streamable=true", "name=mux", "!", "rtmp2sink", $"location={site.AddressOf(live.StreamKey)}",
            "videotestsrc", "num-buffers=150", "!", "video/x-raw,width=640,height=360,framerate=30/1", "!", "pictures.",
            "videotestsrc", "num-buffers=180", "!", "video/x-raw,width=320,height=240,framerate=30/1", "!", "pictures.",
            "audiotestsrc", "num-buffers=517", "!", "audio/x-raw,rate=44100,channels=2", "!", "avenc_aac", "!", "aacparse", "!", "mux.");
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 14);
        var replay = await site.ReplayAsync(live, seconds: 60);

        Assert.Empty(checker.Violations);
        var playlist = (await Playing.DecodeAllAsync(site.Films, replay)).Single();
        Assert.Equal(330, await Playing.CountFramesAsync(site.Films, playlist));
        var lines = (await site.Films.TextAsync(playlist)).Split('\n');
        Assert.Equal(2, lines.Count(line => line.StartsWith("#EXT-X-MAP:", StringComparison.Ordinal)));
        Assert.Single(lines, "#EXT-X-DISCONTINUITY");
    }

    [Fact]
    public async Task OBS_streams_and_says_goodbye()
    {
        Tools.Need("obs");
        Tools.Need("xvfb-run");
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var home = Directory.CreateTempSubdirectory("kinopress-obs-");
        try
        {
            await ObsStudio.WriteProfileAsync(home.FullName, site.AddressOf(""), live.StreamKey);
            var checker = new LivePlaylistChecker();

            site.Push("env", [.. ObsStudio.Arguments(home.FullName, seconds: 25)]);
            await site.UntilPlayableAsync(live);
            await site.FollowAsync(live, checker, updates: 10);
            await site.UntilStateAsync(live, "ended", seconds: 60);

            Assert.Empty(checker.Violations);
            await Playing.DecodeAllAsync(site.Films, await site.ReplayAsync(live));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Its_creator_ends_it_and_the_encoder_is_told()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var encoder = site.Push(live);
        await site.UntilPlayableAsync(live);

        using var ended = await site.Films.DeleteAsync($"/rest/v1/lives/{live.PublicId}/broadcast");
        await site.ReplayAsync(live);
        await encoder.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal("ended", (await site.GetAsync(live)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_not_kept_leaves_nothing()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync(records: false);

        var encoder = site.Push(live, new Broadcast { Seconds = 6 });
        await encoder.WaitForExitAsync();
        await site.UntilStateAsync(live, "ended");

        await FilmSite.EventuallyAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(site.Films.Data, "recordings")).Any(), "no recording is left");
        Assert.Null((await site.GetAsync(live)).GetProperty("replay").GetString());
    }
}
