namespace Kinopress.Themes.Rendering;

/// <summary>Which addresses a page may link to or load. Browsers skip control characters and leading spaces, so we do too.</summary>
internal static class UrlPolicy
{
    public const string Refused = "#";

    private static readonly string[] AllowedSchemes = ["http", "https", "mailto", "tel"];

    public static string Check(string url) => IsAllowed(url) ? url : Refused;

    private static bool IsAllowed(string url)
    {
        var scheme = new System.Text.StringBuilder();
        foreach (var c in url)
        {
            if (c is '/' or '?' or '#')
            {
                return true;
            }

            if (c == ':')
            {
                return AllowedSchemes.Contains(scheme.ToString(), StringComparer.OrdinalIgnoreCase);
            }

            if (c > ' ' && !char.IsControl(c) && !char.IsWhiteSpace(c))
            {
                scheme.Append(c);
            }
        }

        return true;
    }
}
