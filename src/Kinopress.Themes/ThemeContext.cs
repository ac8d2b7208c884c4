using System.Collections.ObjectModel;

namespace Kinopress.Themes;

/// <summary>What one render needs besides the theme.</summary>
public sealed class ThemeContext
{
    /// <summary>File name in <c>layouts/</c> without its ending; null prints the template alone.</summary>
    public string? Layout { get; init; } = "default";

    /// <summary>BCP 47 tag of the page's language.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Top-level names of the template; the values are those a <see cref="Drop"/> accepts.</summary>
    public IReadOnlyDictionary<string, object?> Drops { get; init; } = ReadOnlyDictionary<string, object?>.Empty;
}
