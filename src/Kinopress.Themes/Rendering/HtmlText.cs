using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Kinopress.Themes.Rendering;

/// <summary>Encoding of text for HTML. All scripts stay readable; markup, quotes and control characters do not pass.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>For a value right after <c>=</c>, where no quote closes it: a space would begin another attribute.</summary>
    public static string EncodeUnquoted(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var c in Encode(text))
        {
            if (char.IsWhiteSpace(c) || c is '=' or '`' or '/')
            {
                encoded.Append("&#").Append((int)c).Append(';');
                continue;
            }

            encoded.Append(c);
        }

        return encoded.ToString();
    }
}
