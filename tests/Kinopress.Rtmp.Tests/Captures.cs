namespace Kinopress.Rtmp.Tests;

/// <summary>
/// What real programs sent, byte for byte, taken once by a relay between them and a server. The encoders (ffmpeg 5.1, and GStreamer 1.22 with
/// rtmp2sink and with rtmpsink, which is librtmp) published 64×36 test pictures at 5 or 10 frames a second with a sine of 16 kHz, for one to
/// four seconds, as <c>rtmp://127.0.0.1:21999/live/a-stream-key?token=abc</c>, to a server that announced the chunk size in the name (128 in the
/// two of 24 bits, 4096 for GStreamer). Those two ran with <c>-output_ts_offset 16775</c> and <c>20000</c>. <c>nginx-rtmp</c> is the other direction: what
/// nginx-rtmp 1.2.2 answered to a publisher of ours, pings included. <c>ffmpeg-8-hevc</c> and <c>ffmpeg-8-av1</c> are Enhanced RTMP from the libraries of
/// FFmpeg 8.1.1, driven by node-av 6.1.1, which leaves without a goodbye.
/// </summary>
internal static class Captures
{
    public const int HandshakeSize = 1 + 1536 + 1536;

    public static IReadOnlyList<string> OfPublishers { get; } =
        ["ffmpeg-chunks-of-128", "ffmpeg-chunks-of-4096", "ffmpeg-across-24-bits", "ffmpeg-beyond-24-bits", "gstreamer-rtmp2sink", "librtmp"];

    public static IReadOnlyList<string> OfEnhancedPublishers { get; } = ["ffmpeg-8-hevc", "ffmpeg-8-av1"];

    public const string OfServer = "nginx-rtmp";

    public static byte[] Read(string name)
    {
        using var stream = typeof(Captures).Assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"There is no capture {name}", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
