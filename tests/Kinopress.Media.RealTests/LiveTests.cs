using Kinopress.Media.Bitstreams;
using Kinopress.Media.Live;
using static Kinopress.Media.RealTests.Workbench;

namespace Kinopress.Media.RealTests;

/// <summary>Streams as encoders send them are packaged bit by bit as they came, and ffmpeg plays what comes out.</summary>
public sealed class LiveTests : IDisposable
{
    private const string Sine = "sine=f=440:r=48000:d=10";
    private readonly Workbench bench = new();

    public static TheoryData<string, string[]> Streams => new()
    {
        { "plain", [.. Picture(rate: "30", seconds: 10), .. Sound(Sine), .. H264(60), "-bf", "0", "-c:a", "aac"] },
        { "b-frames", [.. Picture(rate: "30", seconds: 10), .. Sound(Sine), .. H264(60), "-bf", "3", "-c:a", "aac"] },
        { "ntsc", [.. Picture(rate: "30000/1001", seconds: 10), .. Sound("sine=f=440:r=44100:d=10"), .. H264(60), "-c:a", "aac"] },
        { "film", [.. Picture(rate: "24000/1001", seconds: 10), .. Sound(Sine), .. H264(48), "-c:a", "aac"] },
        { "pal", [.. Picture(seconds: 10), .. Sound(Sine), .. H264(250), "-c:a", "aac"] },
        { "fast", [.. Picture("160x120", rate: "60", seconds: 10), .. Sound(Sine), .. H264(120), "-c:a", "aac"] },
        { "long-gop", [.. Picture("160x120", rate: "30", seconds: 25), .. Sound("sine=f=440:r=48000:d=25"), .. H264(600, "scenecut=0"), "-c:a", "aac"] },
        { "silent", [.. Picture(rate: "30", seconds: 10), .. H264(60)] },
        { "sound", [.. Sound(Sine), "-c:a", "aac"] },
        { "late-clock", [.. Picture(rate: "30", seconds: 10), .. Sound(Sine), .. H264(60), "-c:a", "aac", "-output_ts_offset", "16775"] },
        { "cropped", [.. Picture("318x238", rate: "30", seconds: 4), .. Sound("sine=d=4"), .. H264(60), "-c:a", "aac"] },
        { "variable", [.. Picture(rate: "30", seconds: 10), .. Sound(Sine), "-vf", "select='eq(n,0)+gt(random(1),0.5)'", "-vsync", "vfr", .. H264(60), "-c:a", "aac"] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_comes_out_as_it_went_in(string name, string[] arguments)
    {
        var source = await bench.MakeAsync($"{name}.flv", arguments);

        var live = await LiveStation.RunAsync(source, bench.Folder);

        await SamePacketsAsync(source, live.RecordingPath);
        await SamePacketsAsync(source, live.PlaylistPath);
        await DecodeTimesRiseAsync(live.RecordingPath);
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", live.PlaylistPath, "-vsync", "passthrough", "-enc_time_base", "1:90000", "-f", "null", "-");
        PartsAreInBounds(live);
    }

    [Theory]
    [InlineData(MediaCodec.Hevc, "hvcC", 1000 / 30.0, "hvc1.1.6.L60.90")]
    [InlineData(MediaCodec.Av1, "av1C", 1000 / 30.0, "av01.0.00M.08")]
    [InlineData(MediaCodec.Opus, "dOps", 20, "opus")]
    public async Task Codecs_of_enhanced_RTMP_come_out_as_they_went_in(MediaCodec codec, string box, double frame, string name)
    {
        string[] arguments = codec switch
        {
            MediaCodec.Hevc => [.. Picture(rate: "30"), "-c:v", "libx265", "-preset", "ultrafast", "-bf", "0", "-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-x265-params", "log-level=none:keyint=60:min-keyint=60:scenecut=0:open-gop=0"],
            MediaCodec.Av1 => [.. Picture("160x120", rate: "30"), "-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime", "-g", "60", "-keyint_min", "60"],
            _ => [.. Sound(Sine), "-c:a", "libopus", "-frame_duration", "20"],
        };
        var frames = await bench.MakeAsync("frames.mp4", [.. arguments, .. FrameFile.OneFrameFragments]);
        var source = bench.Path("source.flv");
        await FrameFile.ToFlvAsync(frames, source, codec, box, frame);

        var live = await LiveStation.RunAsync(source, bench.Folder);

        Assert.Equal(name, live.Outputs.OfType<LiveInit>().Single().Tracks.Codecs);
        Assert.Equal(await PacketsAsync(frames, "v"), await PacketsAsync(live.RecordingPath, "v"));
        Assert.Equal(await PacketsAsync(frames, "v"), await PacketsAsync(live.PlaylistPath, "v"));
        await DecodeTimesRiseAsync(live.RecordingPath);
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", live.PlaylistPath, "-vsync", "passthrough", "-enc_time_base", "1:90000", "-f", "null", "-");
        PartsAreInBounds(live);
        Assert.All(live.Segments, segment => Assert.True(segment.IsIndependent));
    }

    [Fact]
    public async Task Parts_that_say_so_can_be_decoded_from_their_first_picture()
    {
        var source = await bench.MakeAsync("parts.flv", [.. Picture(rate: "30", seconds: 6), .. Sound("sine=d=6"), .. H264(60), "-bf", "2", "-c:a", "aac"]);

        var live = await LiveStation.RunAsync(source, bench.Folder);

        Assert.Equal(3, live.Parts.Count(part => part.IsIndependent));
        foreach (var part in live.Parts.Where(part => part.IsIndependent))
        {
            await File.WriteAllBytesAsync(
                bench.Path("part.mp4"),
                [.. live.Files[live.Options.InitLocation(1)], .. live.Files[live.Options.PartLocation(part.MediaSequence, part.Index)]]);
            await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", bench.Path("part.mp4"), "-map", "0", "-vsync", "passthrough", "-enc_time_base", "1:90000", "-f", "null", "-");
            var flags = await Tool.SucceedAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=pict_type,key_frame", "-read_intervals", "%+#1", "-of", "csv=p=0", bench.Path("part.mp4"));
            Assert.StartsWith("1,I", flags.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recording_is_described_by_ranges_that_play_by_themselves()
    {
        var source = await bench.MakeAsync("ranges.flv", [.. Picture(rate: "30", seconds: 6), .. Sound("sine=d=6"), .. H264(60), "-c:a", "aac"]);

        var live = await LiveStation.RunAsync(source, bench.Folder);

        Assert.NotNull(live.Recording);
        var file = await File.ReadAllBytesAsync(live.RecordingPath);
        Assert.Equal(file.Length, live.Recording.Size);
        foreach (var segment in live.Recording.Segments)
        {
            await File.WriteAllBytesAsync(
                bench.Path("range.mp4"), [.. live.Recording.Init.Bytes.Span, .. file.AsSpan((int)segment.Offset, (int)segment.Size)]);
            var pictures = await Measure.ProbeAsync(bench.Path("range.mp4"), "packet=dts_time", "-select_streams", "v");
            Assert.Equal(segment.Duration.TotalSeconds, pictures.Count / 30.0, 0.1);
        }

        Assert.Equal(6, live.Recording.Duration.TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public async Task A_ladder_is_cut_at_the_pictures_where_the_leader_is(string reordered)
    {
        var source = await bench.MakeAsync("top.flv", [.. Picture("640x480", rate: "30", seconds: 8), .. Sound("sine=d=8"), .. H264(45), "-bf", reordered, "-c:a", "aac"]);
        var live = await LiveStation.RunAsync(source, bench.Folder);

        var ladder = await LiveLadder.RunAsync(live, bench);

        Assert.Equal(
            live.Parts.Select(part => (part.MediaSequence, part.Index, part.Start, part.Duration, part.IsIndependent)),
            ladder.Parts.Select(part => (part.MediaSequence, part.Index, part.Start, part.Duration, part.IsIndependent)));
        var (high, low) = (await PresentedAsync(live.RecordingPath), await PresentedAsync(ladder.Path));
        Assert.Equal(high.Select(time => Math.Round(time, 3)), low.Select(time => Math.Round(time, 3)));
        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", ladder.Path, "-vsync", "passthrough", "-enc_time_base", "1:90000", "-f", "null", "-");
    }

    public void Dispose() => bench.Dispose();

    private static async Task<IReadOnlyList<double>> PresentedAsync(string path) =>
        [.. (await Measure.ProbeAsync(path, "packet=pts_time", "-select_streams", "v")).Order()];

    private static void PartsAreInBounds(LiveStation live)
    {
        var target = live.Options.Targets.Part;
        Assert.All(live.Parts, part => Assert.InRange(part.Duration, TimeSpan.FromTicks(1), target));
        foreach (var segment in live.Segments)
        {
            Assert.All(segment.Parts.SkipLast(1), part => Assert.InRange(part.Duration, target * 0.85, target));
            Assert.True(segment.Duration.TotalSeconds < live.Options.Targets.TargetDurationInSeconds + 0.5);
        }
    }

    /// <summary>By MD5 of each packet: nothing was lost, changed or put elsewhere.</summary>
    private static async Task SamePacketsAsync(string source, string made)
    {
        foreach (var kind in new[] { "v", "a" })
        {
            var expected = await PacketsAsync(source, kind);
            Assert.Equal(expected, await PacketsAsync(made, kind));
        }
    }

    private static async Task<IReadOnlyList<string>> PacketsAsync(string path, string kind)
    {
        var run = await Tool.SucceedAsync(
            "ffmpeg", "-v", "error", "-nostdin", "-i", path, "-map", $"0:{kind}?", "-map", "0", "-c", "copy", "-f", "framemd5", "-");
        return [.. run.Output.Split('\n').Where(line => line.StartsWith("0,", StringComparison.Ordinal)).Select(line => line.Split(',')[^1].Trim())];
    }

    private static async Task DecodeTimesRiseAsync(string path)
    {
        foreach (var kind in new[] { "v", "a" })
        {
            var times = await Measure.ProbeAsync(path, "packet=dts_time", "-select_streams", kind);
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First < pair.Second, $"{pair.First} is not before {pair.Second}"));
        }
    }
}
