using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kinopress.Themes.Rendering;

namespace Kinopress.Themes.Functions;

/// <summary>Plain text written by people, made fit for a page.</summary>
internal static partial class TextFunctions
{
    private const int DefaultExcerpt = 160;
    private const int LongestLink = 2_000;

    private static readonly string[] LinkStarts = ["https://", "http://"];

    /// <summary>One line of at most so many characters, cut between words where it can.</summary>
    public static string Excerpt(FunctionCall call)
    {
        var limit = (int)Math.Clamp(call.WholeNumber(1) ?? DefaultExcerpt, 1, 10_000);
        var text = string.Join(' ', call.Text(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= limit)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        var space = text.LastIndexOf(' ', end);
        return (space > limit / 2 ? text[..space] : text[..end]).TrimEnd(' ', ',', '.', ';', ':') + "…";
    }

    /// <summary>Keeps line breaks and turns web addresses into links; nothing else in the text becomes markup.</summary>
    /// <param name="length">Of the video the text is about: times up to it, such as <c>1:02:03</c>, become links into it. Null for none.</param>
    public static SafeHtml Linkify(string text, TimeSpan? length)
    {
        var markup = new StringBuilder(text.Length + 64);
        var position = 0;
        while (position < text.Length)
        {
            var start = FindLink(text, position);
            AppendTimes(markup, text[position..start], length);
            var end = FindLinkEnd(text, start);
            AppendLink(markup, text[start..end]);
            position = end;
        }

        return SafeHtml.FromTrusted(markup.ToString());
    }

    /// <summary>The end of the text when there is none.</summary>
    private static int FindLink(string text, int from)
    {
        var found = LinkStarts
            .Select(start => text.IndexOf(start, from, StringComparison.OrdinalIgnoreCase))
            .Where(index => index >= 0)
            .DefaultIfEmpty(text.Length)
            .Min();
        return found;
    }

    private static int FindLinkEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < LongestLink && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"'))
        {
            end++;
        }

        while (end > start && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '\'')
        {
            end--;
        }

        return end;
    }

    private static void AppendLink(StringBuilder markup, string address)
    {
        if (address.Length == 0)
        {
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            AppendText(markup, address);
            return;
        }

        var encoded = HtmlText.Encode(address);
        markup.Append("<a href=\"").Append(encoded).Append("\" rel=\"nofollow ugc noopener\">").Append(encoded).Append("</a>");
    }

    private static void AppendTimes(StringBuilder markup, string text, TimeSpan? length)
    {
        var position = 0;
        foreach (var time in Clock().Matches(text).Where(_ => length is not null))
        {
            var seconds = time.Value.Split(':').Aggregate(0, (sum, part) => (sum * 60) + int.Parse(part, CultureInfo.InvariantCulture));
            if (seconds > length?.TotalSeconds)
            {
                continue;
            }

            AppendText(markup, text[position..time.Index]);
            markup.Append(CultureInfo.InvariantCulture, $"<a href=\"?t={seconds}\" data-seek=\"{seconds}\">{time.Value}</a>");
            position = time.Index + time.Length;
        }

        AppendText(markup, text[position..]);
    }

    private static void AppendText(StringBuilder markup, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            markup.Append(i == 0 ? string.Empty : "<br>\n").Append(HtmlText.Encode(lines[i]));
        }
    }

    // 0:05, 12:34, 1:02:03; not a part of a longer number, a ratio with spaces aside, or a word.
    [GeneratedRegex(@"(?<![\w:.,])([0-9]{1,2}:[0-5][0-9]:[0-5][0-9]|[0-9]{1,3}:[0-5][0-9])(?![\w:]|[.,][0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clock();
}
