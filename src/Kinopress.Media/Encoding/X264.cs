using System.Globalization;
using Kinopress.Media.Planning;

namespace Kinopress.Media.Encoding;

/// <summary>H.264 by libx264: the encoder every ffmpeg has and every browser plays.</summary>
internal static class X264
{
    /// <summary>A cap of two seconds' worth of bits, as players buffer at least that.</summary>
    private const int BufferSeconds = 2;

    public static IEnumerable<string> Arguments(PlannedRendition rendition, TimeSpan keyframeInterval) =>
    [
        "-c:v", "libx264",
        "-preset", "veryfast",
        "-profile:v", "high",
        "-pix_fmt", "yuv420p",
        "-crf", Text(rendition.Crf),
        "-maxrate", Text(rendition.MaxBitrateInBitsPerSecond),
        "-bufsize", Text((long)rendition.MaxBitrateInBitsPerSecond * BufferSeconds),
        "-g", "999",
        "-sc_threshold", "0",
        "-x264-params", "open-gop=0",
        "-force_key_frames", KeyframeGrid(keyframeInterval),
    ];

    // The first frame at or after each multiple of the interval, in the film's time: the same frame in every rendition
    // and chunk, however irregular the frames are.
    internal static string KeyframeGrid(TimeSpan interval)
    {
        var seconds = FfmpegInput.Seconds(interval);
        return $"expr:if(isnan(prev_forced_t),1,gt(floor(t/{seconds}+0.00001),floor(prev_forced_t/{seconds}+0.00001)))";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
