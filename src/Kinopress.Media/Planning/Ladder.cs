using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>Which sizes a film is made in. Never above the source, never two sizes a viewer cannot tell apart.</summary>
internal static class Ladder
{
    /// <summary>A rung is worth its work when it is at least this much smaller than the one above.</summary>
    private const double Step = 0.85;

    public static IReadOnlyList<PlannedRendition> Create(VideoTrack video, RenditionPolicy policy, bool copy)
    {
        var source = Math.Min(video.DisplayWidth, video.DisplayHeight);
        var frameRate = FrameRate(video, policy);
        var rungs = policy.ShortSides.Where(side => side > 0).Distinct().OrderDescending().ToList();
        var encoded = copy && CopyRules.IsH264(video) ? Below(source, rungs) : FromTop(source, rungs);

        return
        [
            .. copy ? [Copy(video, source)] : Array.Empty<PlannedRendition>(),
            .. encoded.Select(shortSide => Encode(video, shortSide, frameRate)),
        ];
    }

    /// <summary>The rate of every encoded rendition: the source's, divided by a whole number where it is too fast.</summary>
    public static Rational FrameRate(VideoTrack video, RenditionPolicy policy)
    {
        var divisor = (long)Math.Ceiling((video.FrameRate.Value / policy.MaxFrameRate) - 0.01);
        return divisor > 1 ? video.FrameRate.DividedBy(divisor) : video.FrameRate;
    }

    private static List<int> FromTop(int source, List<int> rungs)
    {
        var rung = rungs.Find(side => side <= source);
        var isBetweenRungs = rungs.Count == 0 || source < rungs[0];
        var top = rung == 0 || (isBetweenRungs && rung < source * Step) ? source : rung;
        return [top, .. Below(top, rungs)];
    }

    private static List<int> Below(int top, List<int> rungs)
    {
        var kept = new List<int>();
        foreach (var rung in rungs)
        {
            if (rung <= (kept.Count == 0 ? top : kept[^1]) * Step)
            {
                kept.Add(rung);
            }
        }

        return kept;
    }

    private static PlannedRendition Copy(VideoTrack video, int source) => new()
    {
        Key = Label(source, video.FrameRate) + (CopyRules.IsH264(video) ? "" : $"-{video.Codec}"),
        Width = video.DisplayWidth,
        Height = video.DisplayHeight,
        FrameRate = video.FrameRate,
        IsCopy = true,
        Crf = 0,
        MaxBitrateInBitsPerSecond = video.BitrateInBitsPerSecond is { } bitrate
            ? (int)Math.Min(bitrate, int.MaxValue)
            : Bitrates.Cap(video, video.DisplayWidth, video.DisplayHeight, video.FrameRate),
    };

    private static PlannedRendition Encode(VideoTrack video, int shortSide, Rational frameRate)
    {
        var (width, height) = Size(video, shortSide);
        return new PlannedRendition
        {
            Key = Label(shortSide, frameRate),
            Width = width,
            Height = height,
            FrameRate = frameRate,
            IsCopy = false,
            Crf = Bitrates.Crf(shortSide),
            MaxBitrateInBitsPerSecond = Bitrates.Cap(video, width, height, frameRate),
        };
    }

    private static (int Width, int Height) Size(VideoTrack video, int shortSide)
    {
        var isPortrait = video.DisplayHeight > video.DisplayWidth;
        var (shorter, longer) = isPortrait
            ? (video.DisplayWidth, video.DisplayHeight)
            : (video.DisplayHeight, video.DisplayWidth);
        var longSide = (double)longer * shortSide / shorter;
        var (evenShort, evenLong) = (Even(shortSide, shorter), Even(longSide, longer));
        return isPortrait ? (evenShort, evenLong) : (evenLong, evenShort);
    }

    // 4:2:0 pictures have even sides. Never above the source, except for a source one pixel high.
    private static int Even(double side, int most)
    {
        var nearest = (int)Math.Round(side / 2, MidpointRounding.AwayFromZero) * 2;
        return Math.Max(2, nearest <= most ? nearest : most / 2 * 2);
    }

    private static string Label(int shortSide, Rational frameRate) =>
        frameRate.Value > 32 ? $"{shortSide}p{Math.Round(frameRate.Value)}" : $"{shortSide}p";
}
