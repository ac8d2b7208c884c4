using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Filters shared by posters and storyboards.</summary>
internal static class StillFilters
{
    /// <summary>JPEG knows no sample aspect ratio that browsers heed.</summary>
    public const string SquarePixels = "scale='max(1,trunc(iw*if(gt(sar,0),sar,1)))':ih,setsar=1";

    public const string FullRange = "scale=out_range=full,format=yuvj420p";

    // More than four 1080p pictures in one.
    private const long LargePixels = 4096L * 2304;

    /// <summary>A decoder keeps a picture for each of its threads beside those it predicts from: one, where pictures are large.</summary>
    public static IEnumerable<string> Threads(VideoTrack? video) =>
        video is { } track && (long)track.Width * track.Height > LargePixels ? ["-threads", "1"] : [];

    public static string AtMost(int width) =>
        string.Create(CultureInfo.InvariantCulture, $"scale='min({width},iw)':-2:flags=bicubic");

    public static IEnumerable<string> ToneMapping(VideoTrack video) => PictureFilters.ToneMapping(video, -1, -1).Skip(1);
}
