using System.Net;
using System.Net.Sockets;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing.Live;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>Lives when something goes wrong: with the encoder, the line, the disk or the server.</summary>
public sealed class LiveTroubleTests
{
    [Fact]
    public async Task A_wrong_key_is_refused_and_nothing_goes_on_air()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();

        var encoder = site.Push(live with { StreamKey = "live_wrong" }, new Broadcast { Seconds = 10 });
        await encoder.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.NotEqual(0, encoder.ExitCode);
        Assert.Equal("idle", (await site.GetAsync(live)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_encoder_that_vanishes_may_come_back_to_the_same_live()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var checker = new LivePlaylistChecker();
        var first = site.Push(live);
        await site.UntilPlayableAsync(live);
        await site.FollowAsync(live, checker, updates: 6);

        first.Kill();
        await site.UntilStateAsync(live, "interrupted");
        var filler = await site.FollowAsync(live, checker, updates: 4); // waits out the silence
        var second = site.Push(live, new Broadcast { Seconds = 6 });
        await site.UntilStateAsync(live, "live");
        await site.FollowAsync(live, checker, updates: 6);
        await second.WaitForExitAsync();
        var replay = await site.ReplayAsync(live);

        Assert.Empty(checker.Violations);
        Assert.Contains(filler, text => text.Contains("#EXT-X-DISCONTINUITY\n", StringComparison.Ordinal));
        Assert.Contains("#EXT-X-DISCONTINUITY\n", await site.Films.TextAsync($"/media/v/public/{replay}/source/index.m3u8"), StringComparison.Ordinal);
        Assert.InRange((await site.Films.VideoAsync(replay)).GetProperty("durationMs").GetInt64(), 8_000, 14_000); // both, without the pause
    }

    [Fact]
    public async Task The_newest_encoder_with_the_key_takes_over()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        var stale = site.Push(live);
        await site.UntilPlayableAsync(live);

        site.Push(live);

        await stale.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await FilmSite.EventuallyAsync(
            async () => (await site.Films.TextAsync($"/media/l/public/{live.PublicId}/source/index.m3u8")).Contains("#EXT-X-DISCONTINUITY\n", StringComparison.Ordinal),
            "the newcomer's stretch plays");
        Assert.Equal("live", (await site.GetAsync(live)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_server_killed_on_air_leaves_a_complete_replay()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        site.Push(live);
        await site.UntilPlayableAsync(live);
        await FilmSite.EventuallyAsync(() => Recorded(site) > 1, "some segments are on disk");

        await site.Films.Running.KillAsync();
        await site.Films.Running.RestartAsync();
        var replay = await site.ReplayAsync(live);

        Assert.Equal("ended", (await site.GetAsync(live)).GetProperty("state").GetString());
        Assert.True((await site.Films.VideoAsync(replay)).GetProperty("durationMs").GetInt64() >= 2000);
        await Playing.DecodeAllAsync(site.Films, replay);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(site.Films.Data, "recordings")));
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_not_the_live()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var site = await LiveSite.StartAsync(disk.Path);
        var live = await site.CreateAsync();
        site.Push(live);
        await site.UntilPlayableAsync(live);
        await FilmSite.EventuallyAsync(() => Recorded(site) > 0, "a segment is on disk");

        disk.Fill(leaving: 0);
        var sequence = LastSequence(await site.Films.TextAsync($"/media/l/public/{live.PublicId}/source/index.m3u8"));
        await FilmSite.EventuallyAsync(
            async () => LastSequence(await site.Films.TextAsync($"/media/l/public/{live.PublicId}/source/index.m3u8")) > sequence + 4, "the live goes on");
        disk.MakeRoom();

        Assert.Equal("live", (await site.GetAsync(live)).GetProperty("state").GetString());
        using var ended = await site.Films.DeleteAsync($"/rest/v1/lives/{live.PublicId}/broadcast");
        await Playing.DecodeAllAsync(site.Films, await site.ReplayAsync(live));
    }

    [Fact]
    public async Task Strangers_that_send_nothing_noise_or_pages_disturb_nobody()
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        site.Push(live);
        await site.UntilPlayableAsync(live);
        List<TcpClient> strangers = [];
        try
        {
            for (var number = 0; number < 1000; number++)
            {
                var stranger = new TcpClient();
                strangers.Add(stranger);
                await stranger.ConnectAsync(IPAddress.Loopback, site.RtmpPort);
                byte[] noise = number switch { < 600 => [], < 700 => "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), _ => [3, .. Enumerable.Repeat((byte)number, 3000)] };
                await TrySendAsync(stranger, noise);
            }

            var checker = new LivePlaylistChecker();
            await site.FollowAsync(live, checker, updates: 8);
            Assert.Empty(checker.Violations);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [Theory]
    [InlineData("source/index.m3u8?_HLS_part=1", HttpStatusCode.BadRequest)]
    [InlineData("source/index.m3u8?_HLS_msn=999999&_HLS_part=0", HttpStatusCode.BadRequest)]
    [InlineData("source/index.m3u8?_HLS_msn=-1", HttpStatusCode.BadRequest)]
    [InlineData("other/index.m3u8", HttpStatusCode.NotFound)]
    [InlineData("source/000000000000/1.m4s", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_refused_at_once(string path, HttpStatusCode expected)
    {
        await using var site = await LiveSite.StartAsync();
        var live = await site.CreateAsync();
        site.Push(live);
        await site.UntilPlayableAsync(live);

        using var answer = await site.AskAsync(live, path);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task TrySendAsync(TcpClient stranger, byte[] noise)
    {
        try
        {
            await stranger.GetStream().WriteAsync(noise);
        }
        catch (IOException)
        {
            // Thrown out already.
        }
    }

    /// <summary>Segments that the recording's list names.</summary>
    private static int Recorded(LiveSite site) => Directory.EnumerateFiles(Path.Combine(site.Films.Data, "recordings"), "*.jsonl", SearchOption.AllDirectories).Sum(CountSegments);

    private static int CountSegments(string path)
    {
        using var list = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var lines = new StreamReader(list);
        return lines.ReadToEnd().Split("\"MediaSequence\"").Length - 1;
    }

    private static long LastSequence(string playlist) => playlist.Split('\n')
        .Where(line => line.EndsWith(".m4s", StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => long.Parse(line.Split('/')[^1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture))
        .DefaultIfEmpty(0)
        .Max();
}
