using System.Globalization;
using Kinopress.Media.Planning;

namespace Kinopress.Media.Encoding;

/// <summary>
/// Makes the smaller qualities of a live: FLV on standard input, one FLV for each quality on a Unix socket, pictures only.
/// Timestamps and keyframes come out as they went in, so that every quality can be cut at the same moments.
/// </summary>
public static class LiveLadderCommand
{
    /// <param name="isPortrait">The width is the short side.</param>
    /// <param name="sockets">Paths, one a rung, in the same order.</param>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<LiveRung> rungs, bool isPortrait, IReadOnlyList<string> sockets) =>
    [
        "-hide_banner", "-nostdin", "-loglevel", "warning", "-stats_period", "1", "-progress", "pipe:1",

        // Decoding in one thread and hardly any probing: each would delay the first picture and all that follow.
        "-f", "flv", "-threads", "1", "-probesize", "32768", "-analyzeduration", "0", "-i", "pipe:0",
        "-filter_complex", Filters(rungs, isPortrait),
        .. rungs.SelectMany((rung, index) => Output(rung, index, sockets[index])),
    ];

    private static string Filters(IReadOnlyList<LiveRung> rungs, bool isPortrait)
    {
        var inputs = rungs.Count == 1 ? ["0:v"] : rungs.Select((_, index) => Text($"s{index}")).ToList();
        var split = rungs.Count == 1 ? "" : Text($"[0:v]split={rungs.Count}{string.Concat(inputs.Select(input => $"[{input}]"))};");
        return split + string.Join(';', rungs.Select((rung, index) =>
            Text($"[{inputs[index]}]scale={(isPortrait ? $"{rung.ShortSide}:-2" : $"-2:{rung.ShortSide}")}[v{index}]")));
    }

    private static IEnumerable<string> Output(LiveRung rung, int index, string socket) =>
    [
        "-map", Text($"[v{index}]"), "-an",
        "-c:v", "libx264", "-preset", "superfast", "-tune", "zerolatency", "-profile:v", "high", "-pix_fmt", "yuv420p",
        "-b:v", Text($"{rung.BitrateInBitsPerSecond}"), "-maxrate", Text($"{rung.MaxBitrateInBitsPerSecond}"), "-bufsize", Text($"{rung.MaxBitrateInBitsPerSecond}"),

        // Keyframes where the source has them and nowhere else.
        "-g", "9999", "-sc_threshold", "0", "-force_key_frames", "source",

        // Timestamps as they came, to the millisecond.
        "-copyts", "-fps_mode", "passthrough", "-enc_time_base", "1:1000",
        "-flush_packets", "1", "-flvflags", "no_duration_filesize", "-f", "flv", "unix:" + socket,
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
