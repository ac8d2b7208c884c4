using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>
/// Makes of one picture, still or moving, small square WebP pictures in several sizes at once: whole, in the middle, on nothing
/// where it is not square, and transparent where it was.
/// </summary>
public static class SquarePicturesCommand
{
    /// <param name="alphaPath">Of AVIF alone, whose parts are streams of their own (<see cref="AvifFile"/>); null where there is none.</param>
    /// <param name="picture">What the file said of itself; only its kind of file is opened.</param>
    /// <param name="maxPixels">Of one picture. A decoder refuses more, whatever the file said.</param>
    /// <param name="maxFrames">Later ones are left out. 1 makes still pictures.</param>
    /// <param name="outputs">Size in pixels and path of each, the largest first.</param>
    public static IReadOnlyList<string> Arguments(
        string inputPath, string? alphaPath, PictureFile picture, long maxPixels, int maxFrames, IReadOnlyList<(int Size, string Path)> outputs)
    {
        var isMoving = maxFrames > 1;
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            .. Input(inputPath, picture.Format, maxPixels),
            .. alphaPath is null ? [] : Input(alphaPath, picture.Format, maxPixels),
            "-filter_complex", Filters(alphaPath is not null, outputs),
            .. outputs.SelectMany((output, number) => (IEnumerable<string>)
            [
                "-map", $"[p{Text(number)}]",
                "-frames:v", Text(maxFrames),
                "-map_metadata", "-1",
                .. isMoving ? (IEnumerable<string>)["-fps_mode", "passthrough", "-c:v", "libwebp_anim", "-loop", "0", "-quality", "75"] : ["-c:v", "libwebp", "-quality", "90"],
                "-f", isMoving ? "webp" : "image2",
                .. isMoving ? (IEnumerable<string>)[] : ["-update", "1"],
                output.Path,
            ]),
        ];
    }

    private static IEnumerable<string> Input(string path, PictureFormat format, long maxPixels) =>
        ["-threads", "1", "-max_pixels", Text(maxPixels), "-protocol_whitelist", "file", "-f", DemuxerOf(format), "-i", $"file:{path}"];

    // Colours of what is transparent would show at the edges: they are weighed by how much of them is seen.
    private static string Filters(bool hasAlphaApart, IReadOnlyList<(int Size, string Path)> outputs)
    {
        var (largest, _) = outputs[0];
        var split = string.Concat(outputs.Select((_, number) => $"[s{Text(number)}]"));
        return string.Join(';', outputs.Select((output, number) => $"[s{Text(number)}]{Scale(Text(output.Size), Text(output.Size))},unpremultiply=inplace=1,format=bgra[p{Text(number)}]").Prepend(
            string.Join(
                ',',
                hasAlphaApart ? "[1:v:0]format=gray[a];[0:v:0]format=gbrap[c];[c][a]alphamerge,format=gbrap" : "[0:v:0]format=gbrap",
                "premultiply=inplace=1",
                Scale($"max(1\\,round({Text(largest)}*min(1\\,iw/ih)))", $"max(1\\,round({Text(largest)}*min(1\\,ih/iw)))"),
                $"pad={Text(largest)}:{Text(largest)}:(ow-iw)/2:(oh-ih)/2:black@0",
                $"split={Text(outputs.Count)}{split}")));
    }

    private static string Scale(string width, string height) => $"scale={width}:{height}:flags=lanczos";

    private static string DemuxerOf(PictureFormat format) => format switch
    {
        PictureFormat.Png => "png_pipe",
        PictureFormat.Apng => "apng",
        PictureFormat.Gif => "gif",
        PictureFormat.Jpeg => "jpeg_pipe",
        PictureFormat.WebP => "webp_pipe",
        _ => "ivf",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
