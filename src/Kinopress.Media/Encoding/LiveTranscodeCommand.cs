using System.Globalization;

namespace Kinopress.Media.Encoding;

/// <summary>
/// Makes what every viewer can play of what a browser's MediaRecorder wrote: WebM on standard input, FLV with H.264 and AAC
/// on standard output, as it comes. The arguments never differ, and nothing in the input can open a file or a connection.
/// </summary>
public static class LiveTranscodeCommand
{
    private const int Width = 1280;
    private const int Height = 720;
    private const int BitrateInBitsPerSecond = 2_500_000;

    // 5120×2880: the largest screen that people share.
    private const int MaxPixels = 14_745_600;

    private static readonly TimeSpan KeyframeInterval = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<string> Arguments { get; } =
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning",

        // A stranger's bytes: one container, the codecs browsers record with, and no way out of the pipe.
        "-protocol_whitelist", "pipe", "-format_whitelist", "matroska,webm", "-codec_whitelist", "vp8,vp9,av1,libdav1d,h264,opus,libopus",
        "-max_pixels", Text($"{MaxPixels}"),

        // Decoding in one thread and little probing: each would delay the first picture and all that follow.
        "-threads", "1", "-probesize", "500000", "-analyzeduration", "500000", "-f", "matroska", "-i", "pipe:0",
        "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1",
        "-vf", Filters,

        // Two threads, as each is a slice of the picture and costs quality.
        "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads", "2",
        "-b:v", Text($"{BitrateInBitsPerSecond}"), "-maxrate", Text($"{BitrateInBitsPerSecond}"), "-bufsize", Text($"{BitrateInBitsPerSecond}"),
        "-g", "999", "-sc_threshold", "0", "-force_key_frames", X264.KeyframeGrid(KeyframeInterval),

        // Browsers record pictures when they come, to the millisecond.
        "-fps_mode", "vfr", "-enc_time_base", "1:1000",
        "-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2",

        // Picture and sound do not wait long for each other.
        "-max_interleave_delta", "500000",
        "-flush_packets", "1", "-flvflags", "no_duration_filesize", "-f", "flv", "pipe:1",
    ];

    // At most forty pictures a second, and always the same size: a shared window changes its own while it is recorded.
    private static string Filters => string.Join(
        ',',
        "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.025)'",
        Text($"scale={Width}:{Height}:force_original_aspect_ratio=decrease:force_divisible_by=2"),
        Text($"pad={Width}:{Height}:-1:-1"),
        "setsar=1");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
