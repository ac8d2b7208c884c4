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

    public void Dispose() => bench.Dispose();

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
