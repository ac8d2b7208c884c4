namespace Kinopress.Media.Encoding;

/// <summary>Reads <c>ffmpeg -hide_banner -encoders</c> and <c>-filters</c>.</summary>
public static class FfmpegCapabilities
{
    public static IReadOnlyList<string> EncodersArguments { get; } = ["-hide_banner", "-nostdin", "-encoders"];

    public static IReadOnlyList<string> FiltersArguments { get; } = ["-hide_banner", "-nostdin", "-filters"];

    public static EncoderSet Parse(string encodersOutput)
    {
        // " V....D libx264   H.264 …" below a line of dashes; the legend above it has "=" as its second word.
        var names = Rows(encodersOutput).Where(row => row[0].Length == 6).Select(row => row[1]).ToList();
        return new EncoderSet(names.Contains("libx264"), names.Contains("aac"), names);
    }

    /// <summary>Whether HDR films can be tone-mapped: Debian's ffmpeg can, minimal builds lack zscale.</summary>
    public static bool CanToneMap(string filtersOutput)
    {
        var names = Rows(filtersOutput).Select(row => row[1]).ToHashSet(StringComparer.Ordinal);
        return names.Contains("zscale") && names.Contains("tonemap");
    }

    private static IEnumerable<string[]> Rows(string output) =>
        output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(row => row.Length >= 2 && row[1] != "=");
}
