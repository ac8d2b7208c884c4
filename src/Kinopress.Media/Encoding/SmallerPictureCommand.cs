using System.Globalization;

namespace Kinopress.Media.Encoding;

/// <summary>Makes a smaller copy of a poster as JPEG.</summary>
public static class SmallerPictureCommand
{
    /// <param name="inputPath">A picture of ours, as <see cref="PosterCommand"/> makes it.</param>
    /// <param name="maxWidth">The picture is never enlarged.</param>
    public static IReadOnlyList<string> Arguments(string inputPath, int maxWidth, string outputPath) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-y",
        "-protocol_whitelist", "file",
        "-i", inputPath,
        "-vf", string.Create(CultureInfo.InvariantCulture, $"scale='min({maxWidth},iw)':-2:flags=lanczos"),
        "-frames:v", "1",
        "-q:v", "4",
        "-f", "image2", "-update", "1",
        outputPath,
    ];
}
