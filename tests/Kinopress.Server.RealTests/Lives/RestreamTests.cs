using Kinopress.Client;
using Kinopress.Server.RealTests.Support;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>Lives passed on to a server of another make.</summary>
public sealed class RestreamTests
{
    [Fact]
    public async Task Nginx_keeps_a_stream_that_decodes_and_after_its_death_another_while_the_live_goes_on()
    {
        Tools.NeedFfmpeg();
        NginxRtmp.Need();
        await using var nginx = new NginxRtmp();
        await nginx.StartAsync();
        await using var site = await LiveFilm.StartAsync();
        var live = await site.Client.Lives.CreateAsync(new LiveEdit { Title = "Show" });
        var id = (await site.Client.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "nginx", Url = nginx.Url, StreamKey = "show" })).Id;
        site.Encode(live, hasBFrames: true);
        await site.UntilAsync(id, "live");
        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live) >= 3, "three segments");

        await nginx.KillAsync();
        await site.UntilAsync(id, "retrying");
        var before = await site.SequenceAsync(live);
        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live) >= before + 2, "viewers get more while the service is away");
        await nginx.StartAsync();
        await site.UntilAsync(id, "live");
        before = await site.SequenceAsync(live);
        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live) >= before + 2, "more segments");
        await site.EndAsync();
        await site.UntilAsync(id, "off");

        Assert.Equal(2, nginx.Recordings.Count);
        foreach (var recording in nginx.Recordings)
        {
            var (_, output, _) = await Tools.RunAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=dts_time,flags", "-of", "csv=p=0", recording);
            var packets = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.StartsWith("0.0", packets[0], StringComparison.Ordinal);
            Assert.Contains('K', packets[0]);
            Assert.True(packets.Length > 90, $"only {packets.Length} pictures");
            var (exitCode, _, error) = await Tools.RunAsync("ffmpeg", "-hide_banner", "-v", "error", "-nostdin", "-i", recording, "-t", "3", "-f", "null", "-");
            Assert.Equal((0, ""), (exitCode, error.Trim()));
        }
    }

    [Fact]
    public async Task What_nginx_forbids_is_told_in_plain_words()
    {
        Tools.NeedFfmpeg();
        NginxRtmp.Need();
        await using var nginx = new NginxRtmp();
        await nginx.StartAsync();
        await using var site = await LiveFilm.StartAsync();
        var live = await site.Client.Lives.CreateAsync(new LiveEdit { Title = "Show" });
        var id = (await site.Client.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "nginx", Url = nginx.ForbiddenUrl, StreamKey = "show" })).Id;
        site.Encode(live);

        Destination? seen = null;
        await FilmSite.EventuallyAsync(async () => (seen = await site.Client.Destinations.GetAsync(id)).State is "refused" or "retrying", "it does not work");

        Assert.NotNull(seen?.Message);
        Assert.Empty(nginx.Recordings);
    }
}
