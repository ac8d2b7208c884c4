using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>
/// Which tracks browsers play as they are. When in doubt, encode: a wrong copy is a film that does not play.
/// </summary>
internal static class CopyRules
{
    private static readonly string[] VideoContainers = ["mov", "mp4", "matroska", "webm", "flv", "mpegts"];

    // MPEG-TS carries AAC in ADTS, without the header that an initialisation segment needs before the first sample.
    private static readonly string[] AudioContainers = ["mov", "mp4", "matroska", "webm", "flv"];

    public static bool CanCopyVideo(ProbedMedia media, RenditionPolicy policy) =>
        media.Video is { } video
        && IsIn(media, VideoContainers)
        && IsPlayedByBrowsers(video)
        && video.Hdr == HdrKind.None
        && !video.IsInterlaced
        && video.Rotation == 0
        && Math.Abs(video.SampleAspectRatio.Value - 1) < 0.001
        && video.Width % 2 == 0 && video.Height % 2 == 0
        && video.FrameRate.Value <= policy.MaxFrameRate * 1.01;

    public static bool CanCopyAudio(ProbedMedia media, AudioTrack track) =>
        IsIn(media, AudioContainers) && track.Codec switch
        {
            "aac" => track.Profile is "LC" or "HE-AAC" or "HE-AACv2" && track.Channels <= 6,
            "opus" => track.Channels <= 2,
            _ => false,
        };

    public static bool IsH264(VideoTrack video) => video.Codec == "h264";

    // HEVC is left out: Chromium on Linux and Firefox do not play it.
    private static bool IsPlayedByBrowsers(VideoTrack video) => video.Codec switch
    {
        "h264" => video.Profile is "Constrained Baseline" or "Baseline" or "Main" or "High" && video.Level is null or <= 52
            && video.PixelFormat is "yuv420p" or "yuvj420p",
        "vp9" => video.Profile is "Profile 0" && video.PixelFormat is "yuv420p",
        "av1" => video.Profile is "Main" && video.PixelFormat is "yuv420p" or "yuv420p10le",
        _ => false,
    };

    private static bool IsIn(ProbedMedia media, string[] containers) =>
        media.FormatName.Split(',').Intersect(containers, StringComparer.Ordinal).Any();
}
