namespace Kinopress.Core.Features.Chat;

/// <summary>Names of emotes, alone and between colons. Pure.</summary>
public static class EmoteNames
{
    public const int MinLength = 2;
    public const int MaxLength = 20;

    /// <summary>Letters a to z, digits and underscores: what everybody can type between colons.</summary>
    public static bool IsWellFormed(string name) =>
        name.Length is >= MinLength and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Upper and lower case are one name.</summary>
    public static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>Where known names stand in a text, in order: the places of the colons around each.</summary>
    public static IEnumerable<(int Open, int Close)> In(string text, Func<string, bool> isKnown)
    {
        var open = text.IndexOf(':', StringComparison.Ordinal);
        while (open >= 0)
        {
            var close = text.IndexOf(':', open + 1);
            if (close < 0)
            {
                yield break;
            }

            if (close - open - 1 is < MinLength or > MaxLength || !isKnown(text[(open + 1)..close]))
            {
                open = close; // this colon may open the next name
                continue;
            }

            yield return (open, close);
            open = text.IndexOf(':', close + 1);
        }
    }
}
