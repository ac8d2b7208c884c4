using System.Globalization;
using System.Text;

namespace Kinopress.Media.Encoding;

/// <summary>The WebVTT file that tells a player which tile belongs to which time (media fragments, <c>#xywh</c>).</summary>
public static class StoryboardVtt
{
    /// <param name="sheetUrl">From a sheet's number, from zero, to its address.</param>
    public static string Write(StoryboardLayout layout, TimeSpan duration, Func<int, string> sheetUrl) => Write(layout, TimeSpan.Zero, duration, sheetUrl);

    /// <summary>The same for a part of the film; its times count from where the part starts.</summary>
    /// <param name="from">Where the part starts, in the film the sheets were made of.</param>
    /// <param name="until">Where it ends.</param>
    /// <param name="sheetUrl">From a sheet's number, from zero, to its address.</param>
    public static string Write(StoryboardLayout layout, TimeSpan from, TimeSpan until, Func<int, string> sheetUrl)
    {
        var text = new StringBuilder("WEBVTT\n");
        var tilesPerSheet = layout.Columns * layout.Rows;
        for (var tile = (int)(from / layout.Interval); tile < layout.TileCount && layout.Interval * tile < until; tile++)
        {
            var start = layout.Interval * tile;
            var end = layout.Interval * (tile + 1);
            var isLast = tile == layout.TileCount - 1 || end > until;
            var place = tile % tilesPerSheet;
            text.Append(CultureInfo.InvariantCulture, $"\n{VttText.Time(start > from ? start - from : TimeSpan.Zero)} --> {VttText.Time((isLast ? until : end) - from)}\n")
                .Append(CultureInfo.InvariantCulture, $"{Url(sheetUrl(tile / tilesPerSheet))}#xywh=")
                .Append(CultureInfo.InvariantCulture, $"{place % layout.Columns * layout.TileWidth},")
                .Append(CultureInfo.InvariantCulture, $"{place / layout.Columns * layout.TileHeight},")
                .Append(CultureInfo.InvariantCulture, $"{layout.TileWidth},{layout.TileHeight}\n");
        }

        return text.ToString();
    }

    private static string Url(string url) => url.AsSpan().IndexOfAny('\r', '\n') < 0
        ? url
        : throw new ArgumentException("An address has no line breaks", nameof(url));
}
