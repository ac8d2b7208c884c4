using System.Globalization;

namespace Kinopress.Media;

/// <summary>
/// What ffmpeg and ffprobe may open: one local file in a container that cannot name other files or addresses.
/// Playlists (HLS, DASH, concat) and image sequences are left out, since they read whatever they name.
/// </summary>
internal static class FfmpegInput
{
    private const string Containers =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,wav,w64,mp3,aac,flac,asf,mxf,ac3,eac3,dv,ivf,aiff,caf";

    /// <summary>Arguments that stand before <c>-i</c>, and <c>-i</c> itself.</summary>
    public static IEnumerable<string> Arguments(string path) => [.. Guards, "-i", $"file:{path}"];

    /// <summary>The same, after a seek. Time is counted from the film's first moment.</summary>
    public static IEnumerable<string> ArgumentsFrom(TimeSpan start, string path) =>
        start > TimeSpan.Zero ? ["-ss", Seconds(start), .. Arguments(path)] : Arguments(path);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Guards =>
    [
        "-protocol_whitelist", "file",
        "-format_whitelist", Containers,
        "-probesize", "50000000",
        "-analyzeduration", "20000000",
    ];
}
