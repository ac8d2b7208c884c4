using Kinopress.Media.Probing;

namespace Kinopress.Media.Tests;

internal static class Samples
{
    public static VideoTrack Picture(int width = 1920, int height = 1080, double rate = 25) => new()
    {
        Index = 0,
        Codec = "h264",
        Profile = "High",
        Level = 40,
        PixelFormat = "yuv420p",
        Width = width,
        Height = height,
        Rotation = 0,
        FrameRate = new Rational((long)Math.Round(rate * 1000), 1000),
        IsVariableFrameRate = false,
        IsInterlaced = false,
        Hdr = HdrKind.None,
        ColorSpace = "bt709",
    };

    public static AudioTrack Sound(int index = 1, string codec = "aac", int channels = 2) => new()
    {
        Index = index,
        Codec = codec,
        Profile = codec == "aac" ? "LC" : null,
        Channels = channels,
        SampleRate = 48000,
        IsDefault = index == 1,
    };

    public static ProbedMedia Film(VideoTrack? video, double seconds = 150, params IReadOnlyList<AudioTrack> audio) => new()
    {
        FormatName = "mov,mp4,m4a,3gp,3g2,mj2",
        Duration = TimeSpan.FromSeconds(seconds),
        Video = video,
        Audio = audio,
    };
}
