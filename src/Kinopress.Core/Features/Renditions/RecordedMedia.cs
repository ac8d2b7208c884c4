using Kinopress.Media;
using Kinopress.Media.Probing;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Says of a live's recording, which nobody uploaded and ffprobe never saw, what picture jobs need to know.</summary>
internal static class RecordedMedia
{
    /// <summary>The largest picture there is; null when there is none.</summary>
    public static Rendition? LargestOf(IEnumerable<Rendition> renditions) =>
        renditions.Where(rendition => rendition is { Kind: RenditionKind.Picture, Width: > 0, Height: > 0 }).MaxBy(rendition => rendition.Width * (long)rendition.Height);

    /// <returns>Null without a picture.</returns>
    public static ProbedMedia? Of(IEnumerable<Rendition> renditions, TimeSpan? duration) => LargestOf(renditions) is { } picture && duration is { } length
        ? new ProbedMedia
        {
            FormatName = "mov,mp4,m4a,3gp,3g2,mj2",
            Duration = length,
            Audio = [],
            Video = new VideoTrack
            {
                Index = 0,
                Codec = "h264",
                PixelFormat = "yuv420p",
                Width = picture.Width,
                Height = picture.Height,
                Rotation = 0,
                FrameRate = new Rational((long)Math.Round(picture.FrameRate * 1000), 1000),
                IsVariableFrameRate = false,
                IsInterlaced = false,
                Hdr = HdrKind.None,
            },
        }
        : null;
}
