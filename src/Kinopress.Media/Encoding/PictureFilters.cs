using System.Globalization;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>
/// Filters from the decoded picture to what is encoded. ffmpeg has turned rotated pictures upright before the first.
/// </summary>
internal static class PictureFilters
{
    /// <summary>One decode, one graph, an output <c>[v0]</c>, <c>[v1]</c>, … for each rendition.</summary>
    public static string Graph(VideoTrack video, EncodingTask task, IReadOnlyList<PlannedRendition> renditions)
    {
        var largest = renditions.MaxBy(rendition => (long)rendition.Width * rendition.Height) ?? renditions[0];
        var shared = string.Join(',', Shared(video, task, largest));
        var labels = string.Concat(renditions.Select((_, number) => $"[s{number}]"));
        var scaled = renditions.Select((rendition, number) =>
            $"[s{number}]scale={rendition.Width}:{rendition.Height}:flags=bicubic,setsar=1,format=yuv420p[v{number}]");

        return $"[0:{video.Index}]{shared},split={renditions.Count}{labels};{string.Join(';', scaled)}";
    }

    /// <summary>HDR to BT.709 at the given size. Scaling first makes the costly float arithmetic affordable.</summary>
    public static IEnumerable<string> ToneMapping(VideoTrack video, int width, int height)
    {
        if (video.Hdr == HdrKind.None)
        {
            yield break;
        }

        var transfer = video.Hdr == HdrKind.Hlg ? "arib-std-b67" : "smpte2084";
        yield return $"scale={width}:{height}:flags=bicubic";
        yield return $"zscale=tin={transfer}:pin=2020:min=2020_ncl:t=linear:npl=203";
        yield return "format=gbrpf32le";
        yield return "zscale=p=709";
        yield return "tonemap=tonemap=hable:desat=0";
        yield return "zscale=t=709:m=709:r=limited";
        yield return "format=yuv420p";
    }

    private static IEnumerable<string> Shared(VideoTrack video, EncodingTask task, PlannedRendition largest)
    {
        // What looks at neighbouring frames stands before the cut, so that a chunk's first frame has its neighbours.
        if (video.IsInterlaced)
        {
            yield return "bwdif=mode=send_frame:parity=auto:deint=all";
        }

        if (largest.FrameRate.Value < video.FrameRate.Value * 0.99)
        {
            yield return Thinning(largest.FrameRate);
        }

        if (Cut(task) is { } cut)
        {
            yield return cut;
        }

        foreach (var filter in ToneMapping(video, largest.Width, largest.Height))
        {
            yield return filter;
        }

        if (video is { ColorSpace: null, Hdr: HdrKind.None })
        {
            yield return AssumedColors(video);
        }
    }

    // The first frame of every 1/rate second. A quarter of that is added so that rounded timestamps do not straddle.
    private static string Thinning(Rational rate)
    {
        var perSecond = $"{rate.Numerator}/{rate.Denominator}+0.25";
        return $"select='isnan(prev_selected_t)+gt(floor(t*{perSecond}),floor(prev_selected_t*{perSecond}))'";
    }

    private static string? Cut(EncodingTask task)
    {
        var start = task.Start > TimeSpan.Zero ? $"start={FfmpegInput.Seconds(task.Start)}" : null;
        var end = task.End is { } until ? $"end={FfmpegInput.Seconds(until)}" : null;
        return (start, end) switch
        {
            (null, null) => null,
            (null, _) => $"trim={end}",
            (_, null) => $"trim={start}",
            _ => $"trim={start}:{end}",
        };
    }

    // Players guess colours from the size when nothing says: saying it keeps a small rendition of a large film alike.
    private static string AssumedColors(VideoTrack video)
    {
        var colors = Math.Min(video.Width, video.Height) >= 720 ? "bt709" : "smpte170m";
        return string.Create(
            CultureInfo.InvariantCulture, $"setparams=colorspace={colors}:color_primaries={colors}:color_trc={colors}");
    }
}
