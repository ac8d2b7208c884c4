using System.Globalization;
using System.Text.RegularExpressions;
using Kinopress.Client;
using Kinopress.Server.RealTests.Support;

namespace Kinopress.Server.RealTests.Lives;

/// <summary>Smaller qualities of a live, made by a real ffmpeg while it is on air.</summary>
public sealed partial class LadderTests
{
    private const string Rung = "360p";

    [Fact]
    public async Task A_smaller_quality_joins_is_cut_where_the_source_is_survives_its_encoders_death_and_stays_in_the_replay()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await LiveFilm.StartAsync();
        var live = await site.Client.Lives.CreateAsync(new LiveEdit { Title = "Show", Ladder = true });
        site.Encode(live, size: "854x480", bitrate: "1500k", hasBFrames: true);

        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live, Rung) >= 3, "the smaller quality plays", seconds: 90);
        var (source, smaller) = (await ReadAsync(site, live, "source"), await ReadAsync(site, live, Rung));
        var shared = smaller.Keys.Where(source.ContainsKey).ToList();
        Assert.True(shared.Count >= 2);
        Assert.All(shared, number => Assert.Equal(source[number], smaller[number]));
        foreach (var number in shared)
        {
            Assert.Equal(await FirstPictureAsync(site, live, "source", number), await FirstPictureAsync(site, live, Rung, number));
        }

        Assert.Contains("#EXT-X-RENDITION-REPORT:URI=\"../source/index.m3u8\"", await site.TextAsync(LiveFilm.PlaylistOf(live, Rung)), StringComparison.Ordinal);
        Assert.Contains($"#EXT-X-RENDITION-REPORT:URI=\"../{Rung}/index.m3u8\"", await site.TextAsync(LiveFilm.PlaylistOf(live)), StringComparison.Ordinal);
        var master = await site.TextAsync($"/media/l/public/{live.PublicId}/master.m3u8");
        Assert.Equal(["source/index.m3u8", $"{Rung}/index.m3u8"], master.Split('\n').Where(line => line.EndsWith(".m3u8", StringComparison.Ordinal)));
        Assert.Contains("RESOLUTION=640x360", master, StringComparison.Ordinal);

        var encoder = Assert.Single(Tools.Encoders(site.Data));
        await Tools.RunAsync("kill", "-9", encoder.ToString(CultureInfo.InvariantCulture));
        var before = await site.SequenceAsync(live);
        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live) >= before + 2, "the source goes on");
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Any(id => id != encoder), "another encoder");
        before = await site.SequenceAsync(live);
        await FilmSite.EventuallyAsync(async () => await IsPlayableAfterAsync(site, live, before), "the smaller quality is back", seconds: 90);
        await site.EndAsync();

        await FilmSite.EventuallyAsync(async () => (await site.Client.Lives.GetAsync(live.PublicId)).Replay is not null, "a replay");
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Count == 0, "no encoder is left", seconds: 10);
        var replay = (await site.Client.Lives.GetAsync(live.PublicId)).Replay;
        var playlists = (await site.TextAsync($"/media/v/public/{replay}/master.m3u8")).Split('\n').Where(line => line.EndsWith(".m3u8", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, playlists.Count);
        List<double> lengths = [];
        foreach (var playlist in playlists)
        {
            lengths.Add(Length().Matches(await site.TextAsync($"/media/v/public/{replay}/{playlist}")).Sum(match => double.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture)));
            var (exitCode, _, error) = await Tools.RunAsync("ffmpeg", "-hide_banner", "-v", "fatal", "-nostdin", "-i", site.At($"/media/v/public/{replay}/{playlist}").ToString(), "-f", "null", "-");
            Assert.Equal((0, ""), (exitCode, error.Trim()));
        }

        Assert.Equal(lengths[0], lengths[1], tolerance: 0.1);
    }

    [Fact]
    public async Task An_encoder_that_hangs_is_replaced()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await LiveFilm.StartAsync();
        var live = await site.Client.Lives.CreateAsync(new LiveEdit { Title = "Show", Ladder = true, Record = false });
        site.Encode(live, size: "854x480");
        await FilmSite.EventuallyAsync(async () => await site.SequenceAsync(live, Rung) >= 2, "the smaller quality plays", seconds: 90);

        var encoder = Assert.Single(Tools.Encoders(site.Data));
        await Tools.RunAsync("kill", "-STOP", encoder.ToString(CultureInfo.InvariantCulture));

        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data) is [var id] && id != encoder, "another encoder in its place");
        var before = await site.SequenceAsync(live);
        await FilmSite.EventuallyAsync(async () => await IsPlayableAfterAsync(site, live, before), "the smaller quality is back", seconds: 90);
    }

    /// <summary>Decode and presentation time of a segment's first picture, and whether it is a keyframe.</summary>
    private static async Task<string> FirstPictureAsync(LiveFilm site, Live live, string rendition, long number)
    {
        var playlist = LiveFilm.PlaylistOf(live, rendition);
        var lines = (await site.TextAsync(playlist)).Split('\n');
        var folder = playlist[..playlist.LastIndexOf('/')];
        var init = lines.First(line => line.StartsWith("#EXT-X-MAP", StringComparison.Ordinal)).Split('"')[1];
        var segment = lines.First(line => line.EndsWith($"/{number}.m4s", StringComparison.Ordinal));
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, [.. await site.BytesAsync($"{folder}/{init}"), .. await site.BytesAsync($"{folder}/{segment}")]);
            var (_, output, _) = await Tools.RunAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=dts_time,pts_time,flags", "-of", "csv=p=0", path);
            return output.Split('\n')[0];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Each whole segment's number with the moment of its beginning.</summary>
    private static async Task<Dictionary<long, string>> ReadAsync(LiveFilm site, Live live, string rendition)
    {
        Dictionary<long, string> segments = [];
        var moment = "";
        foreach (var line in (await site.TextAsync(LiveFilm.PlaylistOf(live, rendition))).Split('\n'))
        {
            moment = line.StartsWith("#EXT-X-PROGRAM-DATE-TIME:", StringComparison.Ordinal) ? line : moment;
            if (line.EndsWith(".m4s", StringComparison.Ordinal) && !line.StartsWith('#'))
            {
                segments[long.Parse(Path.GetFileNameWithoutExtension(line), CultureInfo.InvariantCulture)] = moment;
            }
        }

        return segments;
    }

    private static async Task<bool> IsPlayableAfterAsync(LiveFilm site, Live live, long sequence)
    {
        var lines = (await site.TextAsync(LiveFilm.PlaylistOf(live, Rung))).Split('\n').ToList();
        var last = lines.FindLastIndex(line => line.EndsWith(".m4s", StringComparison.Ordinal) && !line.StartsWith('#'));
        return last > 1 && long.Parse(Path.GetFileNameWithoutExtension(lines[last]), CultureInfo.InvariantCulture) > sequence && lines[last - 2] != "#EXT-X-GAP";
    }

    [GeneratedRegex(@"#EXTINF:(?<seconds>[\d.]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Length();
}
