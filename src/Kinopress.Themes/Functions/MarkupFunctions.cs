using Kinopress.Themes.Rendering;

namespace Kinopress.Themes.Functions;

/// <summary>Functions that print markup.</summary>
internal static class MarkupFunctions
{
    public static SafeHtml Icon(FunctionCall call)
    {
        var name = call.Text(0);
        if (!IsPlainName(name))
        {
            throw new FunctionException($"'{name}' is not the name of an icon.");
        }

        var address = call.Options.IconHref?.Invoke(name) ?? $"{call.Options.PlatformAssetUrl("icons.svg")}#{name}";
        return SafeHtml.FromTrusted($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{HtmlText.Encode(address)}\"></use></svg>");
    }

    /// <summary><c>partial "video-card" {video: v}</c>: the partial sees the page's drops and the names given here.</summary>
    public static SafeHtml Partial(FunctionCall call)
    {
        var name = call.Text(0);
        return IsPlainName(name)
            ? call.Render.RenderPartial($"partials/{name}.html", call.Object(1))
            : throw new FunctionException($"'{name}' is not the name of a partial.");
    }

    /// <summary><c>pagination next_url previous_url</c>: prints nothing when both are absent.</summary>
    public static SafeHtml Pagination(FunctionCall call)
    {
        var next = Link(call, 0, "next");
        var previous = Link(call, 1, "prev");
        return next.Length + previous.Length == 0
            ? SafeHtml.Empty
            : SafeHtml.FromTrusted($"<nav class=\"pagination\" aria-label=\"{Say(call, "pagination.label")}\">{previous}{next}</nav>");
    }

    private static string Link(FunctionCall call, int index, string relation) => call.TextOrNull(index) is { } address
        ? $"<a class=\"button\" rel=\"{relation}\" href=\"{HtmlText.Encode(UrlPolicy.Check(address))}\">{Say(call, "pagination." + relation)}</a>"
        : string.Empty;

    private static string Say(FunctionCall call, string key) => HtmlText.Encode(call.Locale.Say(key, null, []));

    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
