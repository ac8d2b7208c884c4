namespace Kinopress.Themes.Locales;

/// <summary>Cardinal plural categories for whole numbers (Unicode CLDR, Language Plural Rules).</summary>
internal static class PluralRules
{
    /// <param name="language">Language subtag, lower case.</param>
    public static string FindCategory(string language, long count)
    {
        var n = Math.Abs(count);
        var tens = n % 100;
        var ones = n % 10;
        return language switch
        {
            "ja" or "zh" or "ko" or "vi" or "th" or "id" or "ms" or "lo" or "my" => "other",
            "fr" or "pt" or "hy" or "hi" or "bn" or "fa" or "gu" or "kn" or "zu" => n <= 1 ? "one" : "other",
            "ru" or "uk" or "be" or "sr" or "hr" or "bs" => Slavic(ones, tens, language is "sr" or "hr" or "bs" ? "other" : "many"),
            "pl" => n == 1 ? "one" : Slavic(ones == 1 ? 5 : ones, tens, "many"),
            "cs" or "sk" => n == 1 ? "one" : n is >= 2 and <= 4 ? "few" : "other",
            "sl" => tens == 1 ? "one" : tens == 2 ? "two" : tens is 3 or 4 ? "few" : "other",
            "lt" => tens is >= 11 and <= 19 || ones == 0 ? "other" : ones == 1 ? "one" : "few",
            "lv" => ones == 0 || tens is >= 11 and <= 19 ? "zero" : ones == 1 ? "one" : "other",
            "ro" or "mo" => n == 1 ? "one" : n == 0 || tens is >= 1 and <= 19 ? "few" : "other",
            "ar" => Arabic(n, tens),
            "he" => n == 1 ? "one" : n == 2 ? "two" : "other",
            "ga" => n == 1 ? "one" : n == 2 ? "two" : n is >= 3 and <= 6 ? "few" : n is >= 7 and <= 10 ? "many" : "other",
            "cy" => n switch { 0 => "zero", 1 => "one", 2 => "two", 3 => "few", 6 => "many", _ => "other" },
            _ => n == 1 ? "one" : "other",
        };
    }

    private static string Slavic(long ones, long tens, string rest)
    {
        if (ones == 1 && tens != 11)
        {
            return "one";
        }

        return ones is >= 2 and <= 4 && tens is not (>= 12 and <= 14) ? "few" : rest;
    }

    private static string Arabic(long n, long tens) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ => tens is >= 3 and <= 10 ? "few" : tens >= 11 ? "many" : "other",
    };
}
