using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Filters shared by posters and storyboards.</summary>
internal static class StillFilters
{
    /// <summary>JPEG knows no sample aspect ratio that browsers heed.</summary>
    public const string SquarePixels = "scale='max(1,trunc(iw*if(gt(sar,0),sar,1)))':ih,setsar=1";

    public const string FullRange = "scale=out_range=full,format=yuvj420p";

    public static string AtMost(int width) =>
        string.Create(CultureInfo.InvariantCulture, $"scale='min({width},iw)':-2:flags=bicubic");

    public static IEnumerable<string> ToneMapping(VideoTrack video) => PictureFilters.ToneMapping(video, -1, -1).Skip(1);
}
