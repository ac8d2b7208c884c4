namespace Kinopress.Media.Planning;

/// <summary>A smaller quality of a live.</summary>
/// <param name="Key">Its name in addresses: <c>480p</c>.</param>
/// <param name="ShortSide">In pixels.</param>
/// <param name="MaxBitrateInBitsPerSecond">Never above this for longer than a second.</param>
public sealed record LiveRung(string Key, int ShortSide, int BitrateInBitsPerSecond, int MaxBitrateInBitsPerSecond);

/// <summary>
/// Which smaller qualities a live is made in, and what that costs: everything happens while people watch, so a small
/// machine makes one, and none is made that does not save a viewer much.
/// </summary>
public static class LiveLadder
{
    private const double ReferenceRate = 30;

    // Processors kept busy, measured at 30 frames a second with the settings of LiveLadderCommand; docs/performance.md.
    private const double DecodingCores = 0.08;
    private const double CoresPerReferencePixel = 0.4 / (1280 * 720);

    private static readonly LiveRung[] All =
    [
        new("720p", 720, 2_800_000, 3_000_000),
        new("480p", 480, 1_200_000, 1_300_000),
        new("360p", 360, 700_000, 760_000),
    ];

    /// <summary>The best first; empty where the picture is small already.</summary>
    /// <param name="processors">Of the machine: up to two of them make one quality only.</param>
    public static IReadOnlyList<LiveRung> Plan(int width, int height, int processors)
    {
        var below = Below(All, width, height);
        return processors > 2 || below.Count < 2 ? below : [below.FirstOrDefault(rung => rung.ShortSide <= 480) ?? below[^1]];
    }

    /// <summary>Those that are worth their work for a picture of this size.</summary>
    public static IReadOnlyList<LiveRung> Below(IReadOnlyList<LiveRung> rungs, int width, int height) =>
        [.. rungs.Where(rung => rung.ShortSide <= Math.Min(width, height) * 0.85)];

    /// <summary>How many processors making them keeps busy.</summary>
    /// <param name="framesPerSecond">Null when unknown.</param>
    public static double CoresFor(IReadOnlyList<LiveRung> rungs, int width, int height, double? framesPerSecond)
    {
        var aspect = Math.Max(width, height) / (double)Math.Max(1, Math.Min(width, height));
        var rate = framesPerSecond is > 0 and < 1000 ? framesPerSecond.Value / ReferenceRate : 1;
        var decoding = DecodingCores * width * height / (1920d * 1080);
        return rate * (decoding + rungs.Sum(rung => rung.ShortSide * rung.ShortSide * aspect * CoresPerReferencePixel));
    }

}
