using System.Globalization;

namespace Kinopress.Media.Hls;

/// <summary>Writes values so that no title or address can add a line or an attribute (RFC 8216 §4.2).</summary>
internal static class PlaylistText
{
    /// <summary>A line of its own. An address that would break the playlist is a bug, not input to mend.</summary>
    public static string Location(string location) =>
        location.Length > 0 && location[0] != '#' && !location.Any(c => char.IsControl(c) || c is '"' or ' ')
            ? location
            : throw new ArgumentException("Not an address that a playlist can hold", nameof(location));

    /// <summary>A quoted string. Quotes become apostrophes, control characters spaces: the format has no escapes.</summary>
    public static string Quoted(string value)
    {
        var safe = value.Select(c => c == '"' ? '\'' : char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c).ToArray();
        return $"\"{new string(safe)}\"";
    }

    /// <summary>Whether the text has the form of a language tag (RFC 5646).</summary>
    public static bool IsLanguage(string? language) =>
        language is { Length: > 1 and <= 35 } && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    public static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
}
