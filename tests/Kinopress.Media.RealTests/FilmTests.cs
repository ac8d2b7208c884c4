using Kinopress.Media.Fmp4;
using Kinopress.Media.Probing;
using static Kinopress.Media.RealTests.Workbench;

namespace Kinopress.Media.RealTests;

/// <summary>Films of every kind go through the whole pipeline and come out exact.</summary>
public sealed class FilmTests : IDisposable
{
    private readonly Workbench bench = new();

    public static TheoryData<string, string[]> Films => new()
    {
        { "plain.mp4", [.. Picture(), .. Sound(), .. H264(), "-c:a", "aac"] },
        { "ntsc.mp4", [.. Picture(rate: "30000/1001"), .. Sound(), .. H264(60), "-c:a", "aac"] },
        { "long-open-gop.mp4", [.. Picture(), .. Sound(), .. H264(250, "open-gop=1:scenecut=0"), "-c:a", "aac"] },
        { "transport.ts", [.. Picture(), .. Sound(), .. H264(), "-c:a", "aac"] },
        { "late.ts", [.. Picture(), .. Sound(), .. H264(), "-c:a", "ac3", "-output_ts_offset", "3600"] },
        { "opus.mkv", [.. Picture(), .. Sound(), .. H264(), "-c:a", "libopus"] },
        { "vp9.webm", [.. Picture("160x120"), .. Sound(), "-c:v", "libvpx-vp9", "-cpu-used", "8", "-deadline", "realtime", "-g", "25", "-c:a", "libopus"] },
        { "mpeg4.avi", [.. Picture(), .. Sound(), "-c:v", "mpeg4", "-c:a", "mp3"] },
        { "hevc.mp4", [.. Picture(), .. Sound(), "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le", "-c:a", "aac"] },
        { "portrait.mp4", [.. Picture("240x320"), .. Sound(), .. H264(), "-c:a", "aac"] },
        { "square.mov", [.. Picture("240x240"), .. Sound(), "-c:v", "prores_ks", "-c:a", "pcm_s16le"] },
        { "silent.mp4", [.. Picture(), .. H264()] },
        { "variable.mkv", [.. Picture(rate: "30"), .. Sound(), "-vf", "select='eq(n,0)+gt(random(1),0.4)'", "-vsync", "vfr", .. H264(), "-c:a", "aac"] },
        { "fast.mp4", [.. Picture(rate: "120"), .. Sound(), .. H264(120), "-c:a", "aac"] },
        { "interlaced.mpg", [.. Picture(), .. Sound(), "-vf", "tinterlace=interleave_top,fps=12.5,setfield=tff", "-r", "25", "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-top", "1", "-c:a", "mp2"] },
        { "pq.mp4", [.. Picture(), .. Sound(), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-x265-params", "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc", "-c:a", "aac"] },
        { "hlg.mkv", [.. Picture(), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"] },
        { "anamorphic.mp4", [.. Picture(), .. Sound(), "-vf", "setsar=4/3", .. H264(), "-c:a", "aac"] },
        { "surround.mkv", [.. Picture(), .. Sound("aevalsrc='if(gte(t,1),0.6*sin(2*PI*1000*t),0)|0|if(gte(t,1),0.6*sin(2*PI*1000*t),0)|0|0|0':c=5.1:s=48000:d=6"), .. H264(), "-c:a", "ac3"] },
        { "multi.mkv", [.. Picture(), .. Sound(), .. Sound("sine=f=300:r=44100:d=6"), "-map", "0", "-map", "1", "-map", "2", .. H264(), "-c:a:0", "aac", "-c:a:1", "flac", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu", "-metadata:s:a:1", "title=Say \"hi\""] },
    };

    [Theory]
    [MemberData(nameof(Films))]
    public async Task A_film_comes_out_exact_in_every_rendition(string name, string[] arguments)
    {
        var source = await bench.MakeAsync(name, arguments);

        var film = await Pipeline.RunAsync(bench, source);

        await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", film.Master, "-map", "0", "-f", "null", "-");
        await FramesMatchAsync(film, source);
        KeyframesAgree(film);
        await SoundStartsOnTimeAsync(film);
    }

    public void Dispose() => bench.Dispose();

    private static async Task FramesMatchAsync(Pipeline film, string source)
    {
        var video = film.Media.Video;
        Assert.NotNull(video);
        var expected = await Measure.SourceFramesAsync(source, video.Index);
        var divisor = video.FrameRate.Value > 61 ? 2 : 1;
        expected = [.. expected.Where((_, number) => number % divisor == 0)];
        foreach (var rendition in film.Plan.Renditions)
        {
            var actual = await Measure.FramesAsync(film.PathOf(rendition.Key), film.Joined[rendition.Key]);
            Assert.True(expected.Count == actual.Count, $"{rendition.Key}: {expected.Count} frames became {actual.Count}");
            var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(worst < 0.0011, $"{rendition.Key}: a frame is off by {worst} s");
        }
    }

    private static void KeyframesAgree(Pipeline film)
    {
        var encoded = film.Plan.Renditions.Where(rendition => !rendition.IsCopy).Select(rendition => rendition.Key).ToList();
        foreach (var key in encoded)
        {
            Assert.Equal(Measure.Keyframes(film.Joined[encoded[0]]), Measure.Keyframes(film.Joined[key]));
            Assert.All(film.Joined[key].Fragments, fragment => Assert.True(fragment.StartsWithKeyframe));
            Assert.True(film.Joined[key].LongestKeyframeInterval() < TimeSpan.FromSeconds(1.2), key);
            Assert.Equal(
                Segmenter.Group(film.Joined[encoded[0]], film.Plan.SegmentDuration).Select(s => s.Start),
                Segmenter.Group(film.Joined[key], film.Plan.SegmentDuration).Select(s => s.Start));
        }
    }

    private static async Task SoundStartsOnTimeAsync(Pipeline film)
    {
        if (film.Plan.Audio is not [var audio, ..])
        {
            return;
        }

        // The beep starts with the frame at one second; containers may start sound and picture a frame apart.
        var onset = await Measure.OnsetAsync(film.PathOf(audio.Key), film.Joined[audio.Key]);
        var first = film.Media.Video is null ? 0
            : film.Joined[film.Plan.Renditions[0].Key] is var picture ? (double)picture.Fragments[0].DecodeTime / picture.Timescale : 0;
        Assert.InRange(onset - first, 1 - 0.041, 1 + 0.041);
    }
}
