using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>
/// Caps for constant-quality encoding. The rate factor decides what a scene needs; the cap only stops the noisiest
/// scenes from stalling a viewer, and an already small source from growing.
/// </summary>
internal static class Bitrates
{
    private const int Least = 100_000;

    private static readonly (int ShortSide, double BitsPerPixel)[] MaxBitsPerPixel =
        [(144, .32), (240, .29), (360, .26), (480, .22), (720, .19), (1080, .17), (1440, .16), (2160, .14)];

    public static int Crf(int shortSide) => shortSide switch
    {
        >= 2160 => 24,
        >= 480 => 23,
        _ => 24,
    };

    public static int Cap(VideoTrack source, int width, int height, Rational frameRate)
    {
        var rate = Math.Max(frameRate.Value, 1);
        var byTable = (double)width * height * rate * BitsPerPixel(Math.Min(width, height));
        if (source.BitrateInBitsPerSecond is not { } sourceBitrate)
        {
            return (int)Math.Clamp(byTable, Least, int.MaxValue / 4);
        }

        var shareOfPixels = (double)width * height / ((double)source.DisplayWidth * source.DisplayHeight);
        var shareOfFrames = Math.Min(1, rate / Math.Max(source.FrameRate.Value, 1));

        // Small pictures need more bits a pixel, so the share falls slower than the area.
        var bySource = 1.3 * sourceBitrate * Efficiency(source.Codec) * Math.Pow(Math.Min(1, shareOfPixels) * shareOfFrames, 0.75);
        return (int)Math.Clamp(Math.Min(byTable, bySource), Least, int.MaxValue / 4);
    }

    // What H.264 needs for the same picture.
    private static double Efficiency(string codec) => codec switch
    {
        "hevc" or "vp9" => 1.6,
        "av1" => 2,
        _ => 1,
    };

    private static double BitsPerPixel(int shortSide)
    {
        if (shortSide <= MaxBitsPerPixel[0].ShortSide)
        {
            return MaxBitsPerPixel[0].BitsPerPixel;
        }

        for (var i = 1; i < MaxBitsPerPixel.Length; i++)
        {
            var (below, above) = (MaxBitsPerPixel[i - 1], MaxBitsPerPixel[i]);
            if (shortSide <= above.ShortSide)
            {
                var share = (double)(shortSide - below.ShortSide) / (above.ShortSide - below.ShortSide);
                return below.BitsPerPixel + (share * (above.BitsPerPixel - below.BitsPerPixel));
            }
        }

        return MaxBitsPerPixel[^1].BitsPerPixel;
    }
}
