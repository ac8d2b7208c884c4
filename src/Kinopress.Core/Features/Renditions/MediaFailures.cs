using Kinopress.Core.Foundation;
using Kinopress.Media.Probing;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Why a file cannot become a video, in words for its creator.</summary>
public static class MediaFailures
{
    public static Failure NotAVideo { get; } = Unusable("media.not_a_video", "This file is not a video, or not one we can read. Try exporting it as MP4.");

    public static Failure NoDuration { get; } = Unusable("media.no_duration", "This file does not say how long it is, so it was probably cut off while recording. Try exporting it again.");

    public static Failure TooShort { get; } = Unusable("media.too_short", "This video is shorter than a tenth of a second.");

    public static Failure TooLong { get; } = Unusable("media.too_long", "This video is longer than a day. Cut it into parts.");

    public static Failure DimensionsTooLarge { get; } = Unusable("media.dimensions_too_large", "The picture of this video is larger than we can play. Export it at 8K or less.");

    public static Failure CodecNotSupported { get; } = Unusable("media.codec_not_supported", "We cannot read how this video was encoded. Try exporting it as MP4 with H.264.");

    public static Failure Truncated { get; } = Unusable("media.truncated", "The end of this file is missing. Check the original and upload it again.");

    public static Failure TookTooLong { get; } = Unusable("media.probe_timeout", "This file took too long to look at. Try exporting it as MP4.");

    /// <summary>What the person who runs the server has to do first; the video waits meanwhile.</summary>
    public const string FfmpegMissingCode = "media.ffmpeg_missing";

    public const string FfmpegMissingMessage = "The server lacks ffmpeg. Install it and this goes on by itself.";

    public const string EncoderFailedCode = "media.encoder_failed";

    public const string EncoderFailedMessage = "The encoder stopped before it was done. The file may be damaged in the middle.";

    public const string DiskFullCode = "media.disk_full";

    public const string DiskFullMessage = "The server has no room left. This goes on by itself once there is some.";

    public static Failure For(ProbeRefusal refusal) => refusal switch
    {
        ProbeRefusal.NoDuration => NoDuration,
        ProbeRefusal.TooShort => TooShort,
        ProbeRefusal.TooLong => TooLong,
        ProbeRefusal.DimensionsTooLarge => DimensionsTooLarge,
        ProbeRefusal.CodecNotSupported => CodecNotSupported,
        ProbeRefusal.Truncated => Truncated,
        _ => NotAVideo,
    };

    private static Failure Unusable(string code, string message) => new(FailureKind.Unprocessable, code, message);
}
