using Kinopress.Media.Encoding;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using static Kinopress.Media.RealTests.Workbench;

namespace Kinopress.Media.RealTests;

/// <summary>Rotated, audio-only, refused and otherwise special files.</summary>
public sealed class EdgeTests : IDisposable
{
    private readonly Workbench bench = new();

    [Fact]
    public async Task A_phone_film_held_upright_comes_out_upright()
    {
        await bench.MakeAsync("flat.mp4", [.. Picture(seconds: 3), .. H264()]);
        // When writing, ffmpeg 5.1 counts this tag counter-clockwise.
        var source = await bench.MakeAsync(
            "phone.mp4", ["-i", bench.Path("flat.mp4"), "-c", "copy", "-metadata:s:v", "rotate=270"]);

        var film = await Pipeline.RunAsync(bench, source);

        Assert.Equal(90, film.Media.Video?.Rotation);
        Assert.All(film.Plan.Renditions, rendition => Assert.False(rendition.IsCopy));
        Assert.Equal((240, 320), (film.Joined["240p"].Width, film.Joined["240p"].Height));
        Assert.Equal([0], await RotationsAsync(film.PathOf("240p")));
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", film.Master, "-f", "null", "-");
    }

    [Theory]
    [InlineData("song.m4a", "aac")]
    [InlineData("song.mp3", "mp3")]
    [InlineData("song.flac", "flac")]
    public async Task An_audio_only_film_plays(string name, string codec)
    {
        var source = await bench.MakeAsync(name, [.. Sound(), "-c:a", codec]);

        var film = await Pipeline.RunAsync(bench, source);

        Assert.Empty(film.Plan.Renditions);
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", film.Master, "-f", "null", "-");
        Assert.InRange(await Measure.OnsetAsync(film.PathOf("audio-0"), film.Joined["audio-0"]), 0.99, 1.03);
    }

    [Fact]
    public async Task Surround_is_mixed_down_loud_and_without_clipping()
    {
        const string all = "0.9*sin(2*PI*500*t)";
        var source = await bench.MakeAsync(
            "loud.mkv", [.. Sound($"aevalsrc='{all}|{all}|{all}|0|{all}|{all}':c=5.1:s=48000:d=3"), "-c:a", "ac3", "-b:a", "640k"]);

        var film = await Pipeline.RunAsync(bench, source);

        Assert.Equal(2, film.Plan.Audio[0].Channels);
        Assert.InRange(await Measure.PeakAsync(film.PathOf("audio-0")), 0.8, 1.05);
    }

    [Fact]
    public async Task Files_that_are_no_films_are_refused_each_for_its_reason()
    {
        var film = await bench.MakeAsync("film.mp4", [.. Picture(seconds: 2), .. H264()]);
        var bytes = await File.ReadAllBytesAsync(film);
        await File.WriteAllTextAsync(bench.Path("text.mp4"), "Dear diary, this is no film.");
        await File.WriteAllBytesAsync(bench.Path("empty.mp4"), []);
        await File.WriteAllBytesAsync(bench.Path("cut.mp4"), bytes[..(bytes.Length / 2)]);
        await File.WriteAllTextAsync(bench.Path("list.m3u8"), $"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{film}\n#EXT-X-ENDLIST\n");
        await File.WriteAllTextAsync(bench.Path("concat.mp4"), $"ffconcat version 1.0\nfile '{film}'\n");
        await bench.MakeAsync("blink.mp4", [.. Picture(rate: "1000"), "-frames:v", "1", .. H264()]);
        await bench.MakeAsync("still.png", [.. Picture(), "-frames:v", "1"]);

        Assert.Equal(ProbeRefusal.NotMedia, (await Pipeline.ProbeAsync(bench.Path("text.mp4"))).Refusal);
        Assert.Equal(ProbeRefusal.NotMedia, (await Pipeline.ProbeAsync(bench.Path("empty.mp4"))).Refusal);
        Assert.Equal(ProbeRefusal.NotMedia, (await Pipeline.ProbeAsync(bench.Path("list.m3u8"))).Refusal);
        Assert.Equal(ProbeRefusal.NotMedia, (await Pipeline.ProbeAsync(bench.Path("concat.mp4"))).Refusal);
        Assert.Equal(ProbeRefusal.NotMedia, (await Pipeline.ProbeAsync(bench.Path("still.png"))).Refusal);
        Assert.Equal(ProbeRefusal.Truncated, (await Pipeline.ProbeAsync(bench.Path("cut.mp4"))).Refusal);
        Assert.Equal(ProbeRefusal.TooShort, (await Pipeline.ProbeAsync(bench.Path("blink.mp4"))).Refusal);
    }

    [Fact]
    public async Task A_copy_that_would_start_before_zero_is_found_out()
    {
        await bench.MakeAsync("whole.mp4", [.. Picture(), .. H264(50)]);
        var source = await bench.MakeAsync("trimmed.mp4", ["-ss", "1.3", "-i", bench.Path("whole.mp4"), "-c", "copy"]);

        await Assert.ThrowsAsync<InvalidFragmentedFileException>(() => Pipeline.RunAsync(bench, source));

        var film = await Pipeline.RunAsync(bench, source, Pipeline.SmallPolicy with { AllowCopy = false });
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", film.Master, "-f", "null", "-");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(70)]
    public async Task A_storyboard_and_a_poster_are_made_of_a_film_with_one_keyframe(int seconds)
    {
        var source = await bench.MakeAsync("gop.mp4", [.. Picture(rate: "10", seconds: seconds), .. H264(9999, "scenecut=0")]);
        var media = (await Pipeline.ProbeAsync(source)).Media;
        Assert.NotNull(media);
        var layout = StoryboardLayout.Create(media);
        Assert.NotNull(layout);

        await Tool.SucceedAsync("ffmpeg", StoryboardCommand.Arguments(source, media, layout, shown: null, bench.Path("sheet.jpg")));
        await Tool.SucceedAsync("ffmpeg", PosterCommand.Arguments(source, PosterMoment.Choose(media), 200, bench.Path("poster.jpg")));

        Assert.Equal(
            [layout.Columns * layout.TileWidth, layout.Rows * layout.TileHeight],
            (await SizeAsync("sheet.jpg")).Select(side => (int)side));
        Assert.Equal([200, 150], (await SizeAsync("poster.jpg")).Select(side => (int)side));
    }

    [Fact]
    public async Task A_storyboard_shows_nothing_of_what_was_cut_off()
    {
        var source = await bench.MakeAsync("white.mp4", ["-f", "lavfi", "-i", "color=white:s=320x180:r=10:d=8", .. H264(10, "scenecut=0")]);
        var media = (await Pipeline.ProbeAsync(source)).Media;
        Assert.NotNull(media);
        var layout = StoryboardLayout.Create(media);
        Assert.NotNull(layout);

        await Tool.SucceedAsync("ffmpeg", StoryboardCommand.Arguments(source, media, layout, (media.Duration / 2, media.Duration), bench.Path("sheet.jpg")));
        var left = await LightAsync($"crop={layout.TileWidth}:{layout.TileHeight}:0:0");
        var last = layout.TileCount - 1;
        var right = await LightAsync($"crop={layout.TileWidth}:{layout.TileHeight}:{layout.TileWidth * (last % layout.Columns)}:{layout.TileHeight * (last / layout.Columns)}");

        Assert.InRange(left, 0, 20);
        Assert.InRange(right, 230, 255);
    }

    /// <summary>Mean brightness of a part of the sheet, 0 to 255.</summary>
    private async Task<int> LightAsync(string crop)
    {
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-y", "-nostdin", "-i", bench.Path("sheet.jpg"), "-vf", $"{crop},scale=1:1,format=gray", "-f", "rawvideo", bench.Path("light.raw"));
        return (await File.ReadAllBytesAsync(bench.Path("light.raw")))[0];
    }

    [Theory]
    [InlineData(4)]
    [InlineData(40)]
    public async Task A_storyboard_is_made_of_a_film_in_several_files(int seconds)
    {
        string[] live = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "20", "-c:a", "aac", "-output_ts_offset", "10", "-f", "mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof"];
        var first = await bench.MakeAsync("first.mp4", ["-f", "lavfi", "-i", $"color=red:s=320x180:r=10:d={seconds}", "-f", "lavfi", "-i", $"sine=d={seconds}", .. live]);
        var second = await bench.MakeAsync("second.mp4", ["-f", "lavfi", "-i", $"color=blue:s=160x120:r=10:d={seconds}", "-f", "lavfi", "-i", $"sine=d={seconds}", .. live]);
        var film = new ProbedMedia { FormatName = "mp4", Duration = TimeSpan.FromSeconds(2 * seconds), Audio = [], Video = (await Pipeline.ProbeAsync(first)).Media?.Video };
        var layout = StoryboardLayout.Create(film);
        Assert.NotNull(layout);
        var length = TimeSpan.FromSeconds(seconds);

        await Tool.SucceedAsync("ffmpeg", StoryboardCommand.Arguments([new(first, TimeSpan.Zero, length), new(second, length, length)], layout, shown: null, bench.Path("sheet.jpg")));
        await Tool.SucceedAsync("ffmpeg", PosterCommand.Arguments(second, TimeSpan.FromSeconds(1), 320, bench.Path("poster.jpg")));

        Assert.Equal(seconds, layout.TileCount);
        Assert.Equal((true, false), await RedAndBlueAsync("sheet.jpg", layout, (seconds / 2) - 1));
        Assert.Equal((false, true), await RedAndBlueAsync("sheet.jpg", layout, seconds / 2));
        Assert.Equal((false, true), await RedAndBlueAsync("sheet.jpg", layout, seconds - 1));
        Assert.Equal([160, 120], (await SizeAsync("poster.jpg")).Select(side => (int)side));
    }

    [Fact]
    public async Task Poster_and_storyboard_of_a_high_dynamic_range_film_are_made()
    {
        var source = await bench.MakeAsync("pq.mp4", [.. Picture(), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
            "-x265-params", "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"]);
        var media = (await Pipeline.ProbeAsync(source)).Media;
        Assert.NotNull(media);
        var layout = StoryboardLayout.Create(media);
        Assert.NotNull(layout);

        await Tool.SucceedAsync("ffmpeg", StoryboardCommand.Arguments(source, media, layout, shown: null, bench.Path("sheet.jpg")));
        await Tool.SucceedAsync(
            "ffmpeg", PosterCommand.Arguments(source, PosterMoment.Choose(media), 640, bench.Path("poster.jpg"), media.Video));

        Assert.Equal([320, 240], (await SizeAsync("poster.jpg")).Select(side => (int)side));
    }

    [Fact]
    public async Task This_machines_ffmpeg_can_do_all_we_ask()
    {
        var encoders = await Tool.SucceedAsync("ffmpeg", FfmpegCapabilities.EncodersArguments);
        var filters = await Tool.SucceedAsync("ffmpeg", FfmpegCapabilities.FiltersArguments);
        var version = await Tool.SucceedAsync("ffmpeg", FfmpegVersion.Arguments);

        Assert.True(FfmpegCapabilities.Parse(encoders.Output).IsSufficient);
        Assert.True(FfmpegCapabilities.CanToneMap(filters.Output));
        Assert.True(FfmpegVersion.Parse(version.Output)?.Major >= 5);
    }

    public void Dispose() => bench.Dispose();

    private Task<IReadOnlyList<double>> SizeAsync(string name) => Measure.ProbeAsync(bench.Path(name), "stream=width,height");

    private static async Task<IReadOnlyList<int>> RotationsAsync(string path) =>
        [(await Pipeline.ProbeAsync(path)).Media?.Video?.Rotation ?? -1];

    private async Task<(bool IsRed, bool IsBlue)> RedAndBlueAsync(string sheet, StoryboardLayout layout, int tile)
    {
        var (x, y) = ((tile % layout.Columns * layout.TileWidth) + (layout.TileWidth / 2), (tile / layout.Columns * layout.TileHeight) + (layout.TileHeight / 2));
        var run = await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", bench.Path(sheet), "-vf", $"crop=2:2:{x}:{y}", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        return (run.OutputBytes[0] > 180 && run.OutputBytes[2] < 90, run.OutputBytes[2] > 180 && run.OutputBytes[0] < 90);
    }
}
