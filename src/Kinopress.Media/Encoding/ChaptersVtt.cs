using System.Globalization;
using System.Text;

namespace Kinopress.Media.Encoding;

/// <summary>The WebVTT file that tells a player the chapters of a film (WebVTT, "chapters" kind).</summary>
public static class ChaptersVtt
{
    /// <param name="chapters">In order; each lasts until the next starts.</param>
    public static string Write(IReadOnlyList<Chapter> chapters, TimeSpan duration)
    {
        var text = new StringBuilder("WEBVTT\n");
        for (var number = 0; number < chapters.Count; number++)
        {
            var end = number + 1 < chapters.Count ? chapters[number + 1].Start : duration;
            if (end > chapters[number].Start)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{VttText.Time(chapters[number].Start)} --> {VttText.Time(end)}\n{VttText.Line(chapters[number].Title)}\n");
            }
        }

        return text.ToString();
    }
}

/// <summary>A part of a film with a title.</summary>
/// <param name="Start">From zero.</param>
public sealed record Chapter(TimeSpan Start, string Title);
