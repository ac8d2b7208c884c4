using Kinopress.Themes.Rendering;

namespace Kinopress.Themes;

/// <summary>Markup that is printed as it stands. Everything else a template prints is HTML-encoded.</summary>
public sealed class SafeHtml
{
    private SafeHtml(string markup) => Markup = markup;

    public static SafeHtml Empty { get; } = new(string.Empty);

    public string Markup { get; }

    /// <param name="markup">Markup made by our own code or cleaned by a sanitizer; never text from a visitor.</param>
    public static SafeHtml FromTrusted(string markup) => markup.Length == 0 ? Empty : new SafeHtml(markup);

    /// <summary>Encodes plain text, for use in element content and quoted attributes.</summary>
    public static SafeHtml FromText(string text) => FromTrusted(HtmlText.Encode(text));

    public override string ToString() => Markup;
}
