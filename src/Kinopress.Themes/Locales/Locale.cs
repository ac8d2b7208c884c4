using System.Globalization;
using System.Text;

namespace Kinopress.Themes.Locales;

/// <summary>The words and habits of one language, as merged from all layers.</summary>
internal sealed class Locale
{
    private static readonly string[] RightToLeft = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    private readonly IReadOnlyDictionary<string, string> _words;
    private readonly string _language;

    public Locale(string code, IReadOnlyDictionary<string, string> words)
    {
        _words = words;
        _language = code.Split('-')[0].ToLowerInvariant();
        Code = code;
        Culture = FindCulture(code);
        Drop = new Drop { ["code"] = code, ["dir"] = RightToLeft.Contains(_language, StringComparer.Ordinal) ? "rtl" : "ltr" };
    }

    public string Code { get; }

    public CultureInfo Culture { get; }

    /// <summary>What templates see as <c>locale</c>: <c>code</c> and <c>dir</c>.</summary>
    public Drop Drop { get; }

    /// <summary>The key itself when no language has the words, so that a hole is seen and never breaks a page.</summary>
    public string Say(string key, long? count, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var text = count is { } number ? FindPlural(key, number) : _words.GetValueOrDefault(key) ?? _words.GetValueOrDefault(key + ".other");
        if (text is null)
        {
            return key;
        }

        return text.Contains('{', StringComparison.Ordinal) ? Fill(text, arguments) : text;
    }

    private static CultureInfo FindCulture(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    /// <summary>One pass, so that what an argument holds is never filled again.</summary>
    private static string Fill(string text, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var filled = new StringBuilder(text.Length + 16);
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            var name = text[(open + 1)..close];
            var value = arguments.FirstOrDefault(argument => argument.Key == name).Value;
            filled.Append(text, position, open - position).Append(value ?? text[open..(close + 1)]);
            position = close + 1;
        }

        return filled.Append(text, position, text.Length - position).ToString();
    }

    private string? FindPlural(string key, long count) =>
        _words.GetValueOrDefault($"{key}.{PluralRules.FindCategory(_language, count)}")
        ?? _words.GetValueOrDefault(key + ".other")
        ?? _words.GetValueOrDefault(key);
}
