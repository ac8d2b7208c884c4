using System.Globalization;
using System.Runtime.InteropServices;

namespace Kinopress.Media;

/// <summary>An exact fraction, as ffmpeg writes frame rates and aspect ratios.</summary>
/// <param name="Denominator">Never zero in a value that <see cref="TryParse"/> gave.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rational(long Numerator, long Denominator)
{
    /// <summary>The fraction as a number; zero when the denominator is zero.</summary>
    public double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>Reads <c>30000/1001</c>, <c>16:9</c> or <c>25</c>. <c>0/0</c>, ffmpeg's "unknown", is not valid.</summary>
    public static bool TryParse(string? text, out Rational value)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var separator = text.AsSpan().IndexOfAny('/', ':');
        var numerator = separator < 0 ? text.AsSpan() : text.AsSpan(0, separator);
        var denominator = separator < 0 ? "1" : text.AsSpan(separator + 1);
        if (!long.TryParse(numerator, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            || !long.TryParse(denominator, NumberStyles.None, CultureInfo.InvariantCulture, out var d)
            || d == 0)
        {
            return false;
        }

        value = new Rational(n, d);
        return true;
    }

    /// <summary>This fraction divided by a whole number greater than zero.</summary>
    public Rational DividedBy(long divisor) => new(Numerator, checked(Denominator * divisor));

    /// <summary>As ffmpeg reads it: <c>30000/1001</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
