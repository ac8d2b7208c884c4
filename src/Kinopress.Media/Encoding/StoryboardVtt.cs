using System.Globalization;
using System.Text;

namespace Kinopress.Media.Encoding;

/// <summary>The WebVTT file that tells a player which tile belongs to which time (media fragments, <c>#xywh</c>).</summary>
public static class StoryboardVtt
{
    /// <param name="sheetUrl">From a sheet's number, from zero, to its address.</param>
    public static string Write(StoryboardLayout layout, TimeSpan duration, Func<int, string> sheetUrl)
    {
        var text = new StringBuilder("WEBVTT\n");
        var tilesPerSheet = layout.Columns * layout.Rows;
        for (var tile = 0; tile < layout.TileCount && layout.Interval * tile < duration; tile++)
        {
            var end = layout.Interval * (tile + 1);
            var isLast = tile == layout.TileCount - 1 || end > duration;
            var place = tile % tilesPerSheet;
            text.Append(CultureInfo.InvariantCulture, $"\n{Time(layout.Interval * tile)} --> {Time(isLast ? duration : end)}\n")
                .Append(CultureInfo.InvariantCulture, $"{Url(sheetUrl(tile / tilesPerSheet))}#xywh=")
                .Append(CultureInfo.InvariantCulture, $"{place % layout.Columns * layout.TileWidth},")
                .Append(CultureInfo.InvariantCulture, $"{place / layout.Columns * layout.TileHeight},")
                .Append(CultureInfo.InvariantCulture, $"{layout.TileWidth},{layout.TileHeight}\n");
        }

        return text.ToString();
    }

    private static string Time(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");

    private static string Url(string url) => url.AsSpan().IndexOfAny('\r', '\n') < 0
        ? url
        : throw new ArgumentException("An address has no line breaks", nameof(url));
}
