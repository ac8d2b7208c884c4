using System.Globalization;
using System.Text;

namespace Kinopress.Core.Features.Chat;

/// <summary>Finds in a message what rules ask about. Pure; the work grows with the length of the message, which is bounded.</summary>
public static class ChatWords
{
    private static readonly string[] Endings =
        ["com", "net", "org", "info", "biz", "io", "tv", "gg", "me", "co", "xyz", "app", "dev", "link", "live", "shop", "site", "online", "top", "ru", "cn", "de", "uk", "fr", "ly", "be", "to"];

    /// <summary>An address, or something browsers and people take for one.</summary>
    public static bool HasLink(string text)
    {
        foreach (var range in text.AsSpan().Split(' '))
        {
            if (IsLink(text.AsSpan()[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A phrase as whole words, whatever its case, accents, and invisible signs between its letters.</summary>
    public static bool HasAny(string text, IReadOnlyList<string> phrases)
    {
        if (phrases.Count == 0)
        {
            return false;
        }

        var words = Fold(text);
        return phrases.Any(phrase => Fold(phrase) is { Length: > 2 } folded && words.Contains(folded, StringComparison.Ordinal));
    }

    /// <summary>Lower case, no accents, one space around each word: what looks the same to people is the same.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(" ", text.Length + 2);
        foreach (var c in Foundation.Text.Decompose(text, NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark:
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                    or UnicodeCategory.ClosePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation:
                    if (folded[^1] != ' ')
                    {
                        folded.Append(' ');
                    }

                    break;
                default:
                    folded.Append(char.ToLowerInvariant(c));
                    break;
            }
        }

        return folded[^1] == ' ' ? folded.ToString() : folded.Append(' ').ToString();
    }

    private static bool IsLink(ReadOnlySpan<char> word)
    {
        word = word.Trim("()[]<>{}.,;:!?\"'");
        if (word.Contains("://", StringComparison.Ordinal) || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var end = word.IndexOfAny('/', ':', '?');
        var host = end < 0 ? word : word[..end];
        var dot = host.LastIndexOf('.');
        if (dot <= 0 || !char.IsLetterOrDigit(host[dot - 1]) || host.Contains('@') || host.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        var ending = host[(dot + 1)..].ToString();
        return Endings.Contains(ending, StringComparer.OrdinalIgnoreCase) || (end > 0 && word[end] == '/' && ending.Length >= 2 && ending.All(char.IsLetter));
    }
}
