using System.Globalization;
using System.Text;

namespace Kinopress.Core.Foundation;

/// <summary>Rules for the words people type.</summary>
public static class Text
{
    /// <summary>
    /// One line without control characters, invisible direction overrides or runs of white space, at most
    /// <paramref name="maxCharacters"/> text elements (so an emoji is never cut in half); null when nothing is left.
    /// </summary>
    public static string? SingleLine(string? raw, int maxCharacters)
    {
        if (string.IsNullOrWhiteSpace(raw))
        {
            return null;
        }

        var line = new StringBuilder(Math.Min(raw.Length, maxCharacters * 2));
        var pendingSpace = false;
        foreach (var rune in Bounded(raw, maxCharacters).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                pendingSpace = line.Length > 0;
                continue;
            }

            if (IsUnwanted(rune) || rune == Rune.ReplacementChar)
            {
                continue;
            }

            if (pendingSpace)
            {
                line.Append(' ');
                pendingSpace = false;
            }

            line.Append(rune.ToString());
        }

        return line.Length == 0 ? null : Truncate(line.ToString(), maxCharacters);
    }

    /// <summary>Several lines, with line ends as <c>\n</c> and other control characters removed; null when empty.</summary>
    public static string? MultiLine(string? raw, int maxCharacters)
    {
        if (string.IsNullOrWhiteSpace(raw))
        {
            return null;
        }

        var text = new StringBuilder(raw.Length);
        foreach (var rune in raw.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if ((Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || IsUnwanted(rune))
            {
                continue;
            }

            text.Append(rune.ToString());
        }

        var trimmed = text.ToString().Trim();
        return trimmed.Length == 0 ? null : Truncate(trimmed, maxCharacters);
    }

    /// <summary>Lower-case ASCII letters, digits and single hyphens; null when nothing of the sort is in the text.</summary>
    public static string? Slug(string raw, int maxCharacters)
    {
        var slug = new StringBuilder();
        foreach (var c in Decompose(raw, NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= maxCharacters)
            {
                break;
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? null : text;
    }

    /// <summary>Letters apart from their accents. Text that is not Unicode, as a lone half of a pair or a noncharacter, comes without those.</summary>
    public static string Decompose(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            var clean = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                if (!IsNoncharacter(rune) && rune != Rune.ReplacementChar)
                {
                    clean.Append(rune.ToString());
                }
            }

            return clean.ToString().Normalize(form);
        }
    }

    // Work is bounded by what may be kept, not by what somebody sends.
    private static ReadOnlySpan<char> Bounded(string raw, int maxCharacters) => raw.AsSpan(0, Math.Min(raw.Length, maxCharacters * 16));

    private static string Truncate(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
        {
            return text;
        }

        var info = new StringInfo(text);
        return info.LengthInTextElements <= maxCharacters ? BoundCodeUnits(text, maxCharacters) : BoundCodeUnits(info.SubstringByTextElements(0, maxCharacters), maxCharacters);
    }

    // A text element may hold any number of combining marks, so the stored size needs a bound of its own.
    private static string BoundCodeUnits(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters * 4)
        {
            return text;
        }

        var end = maxCharacters * 4;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd('\u200D');
    }

    private static bool IsUnwanted(Rune rune) => IsDirectionOverride(rune) || IsNoncharacter(rune);

    // Code points that stand for no character and never will (Unicode §23.7): libraries refuse them.
    private static bool IsNoncharacter(Rune rune) => rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE;

    // U+202A..U+202E and U+2066..U+2069 reorder the text around them: a known way to disguise names.
    private static bool IsDirectionOverride(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
