using System.Globalization;

namespace Kinopress.Themes.Functions;

internal static class NumberFunctions
{
    private static readonly string[] Suffixes = ["", "K", "M", "B", "T"];
    private static readonly string[] Sizes = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary><c>950</c>, <c>1.2K</c>, <c>12K</c>, <c>3.4M</c>: cut, never rounded up, so that 999,999 is not a million.</summary>
    public static string? Compact(FunctionCall call) =>
        call.Number(0) is { } number ? Shorten(number, Suffixes, string.Empty, call.Locale.Culture) : null;

    /// <summary>Decimal units, as disks and networks are sold: <c>1.4 GB</c>.</summary>
    public static string? SayBytes(FunctionCall call) =>
        call.Number(0) is { } number ? Shorten(Math.Max(0, number), Sizes, "\u00A0", call.Locale.Culture) : null;

    private static string Shorten(double number, string[] units, string space, CultureInfo culture)
    {
        var unit = 0;
        while (Math.Abs(number) >= 1000 && unit < units.Length - 1)
        {
            number /= 1000;
            unit++;
        }

        var hasDecimal = unit > 0 && Math.Abs(number) < 10;
        var shown = hasDecimal ? Math.Truncate(number * 10) / 10 : Math.Truncate(number);
        var isLatin = culture.NumberFormat.NumberDecimalSeparator is "." or ","; // the units are Latin letters
        return shown.ToString("0.#", isLatin ? culture : CultureInfo.InvariantCulture) + space + units[unit];
    }
}
