using System.Text;
using Kinopress.Themes.Rendering;

namespace Kinopress.Themes.Functions;

/// <summary>Plain text written by people, made fit for a page.</summary>
internal static class TextFunctions
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
    public static SafeHtml Linkify(string text)
    {
        var markup = new StringBuilder(text.Length + 64);
        var position = 0;
        while (position < text.Length)
        {
            var start = FindLink(text, position);
            AppendText(markup, text[position..start]);
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

    private static void AppendText(StringBuilder markup, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            markup.Append(i == 0 ? string.Empty : "<br>\n").Append(HtmlText.Encode(lines[i]));
        }
    }
}
