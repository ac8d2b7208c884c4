namespace Kinopress.Media.Encoding;

/// <summary>Takes the first picture of a segment as JPEG, decoding no other.</summary>
public static class LivePictureCommand
{
    /// <param name="inputPath">An initialisation section and a segment that starts with a keyframe.</param>
    /// <param name="maxWidth">The picture is never enlarged.</param>
    public static IReadOnlyList<string> Arguments(string inputPath, int maxWidth, string outputPath) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-y",
        "-threads", "1",
        .. FfmpegInput.ArgumentsFrom(TimeSpan.Zero, inputPath),
        "-map", "0:V:0",
        "-vf", string.Join(',', StillFilters.SquarePixels, StillFilters.AtMost(maxWidth), StillFilters.FullRange),
        "-frames:v", "1",
        "-q:v", "4",
        "-map_metadata", "-1",
        "-f", "image2", "-update", "1", "-c:v", "mjpeg",
        outputPath,
    ];
}
