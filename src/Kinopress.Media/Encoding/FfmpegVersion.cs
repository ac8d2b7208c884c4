using System.Globalization;

namespace Kinopress.Media.Encoding;

/// <summary>Which ffmpeg runs. Chunks of one rendition must come from one <see cref="Text"/>, or their headers differ.</summary>
/// <param name="Major">Null for builds from source without a release number.</param>
/// <param name="Text">As ffmpeg prints it: <c>5.1.9-0+deb12u1</c>.</param>
public sealed record FfmpegVersion(int? Major, int? Minor, string Text)
{
    public static IReadOnlyList<string> Arguments { get; } = ["-hide_banner", "-version"];

    /// <returns>Null when the output is not ffmpeg's.</returns>
    public static FfmpegVersion? Parse(string versionOutput)
    {
        var words = versionOutput.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [("ffmpeg" or "ffprobe"), "version", var text, ..])
        {
            return null;
        }

        var numbers = text.TrimStart('n').Split('.', '-', '+');
        return new FfmpegVersion(Number(numbers, 0), Number(numbers, 1), text.Trim());
    }

    private static int? Number(string[] numbers, int index) =>
        index < numbers.Length && int.TryParse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
