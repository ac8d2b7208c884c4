using System.Globalization;

namespace Kinopress.Server.Studio;

/// <summary>Moments of a video as people write them.</summary>
internal static class ClockTime
{
    private const int MaxLength = 20;
    private const int MaxParts = 3;

    /// <summary><c>75</c>, <c>1:15</c>, <c>1:15.5</c> or <c>0:01:15</c>; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        var parts = text.Trim().Split(':');
        if (text.Length > MaxLength || parts.Length > MaxParts)
        {
            return null;
        }

        var seconds = 0m;
        for (var index = 0; index < parts.Length; index++)
        {
            var isLast = index == parts.Length - 1;
            if (!decimal.TryParse(parts[index], isLast ? NumberStyles.AllowDecimalPoint : NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                || (index > 0 && part >= 60))
            {
                return null;
            }

            seconds = (seconds * 60) + part;
        }

        return seconds > (decimal)TimeSpan.FromDays(2).TotalSeconds ? null : TimeSpan.FromMilliseconds((long)(seconds * 1000));
    }

    /// <summary><c>1:15</c>, with tenths where there are any.</summary>
    public static string Write(TimeSpan moment) =>
        StudioFormat.Duration(moment) + (moment.Milliseconds / 100 is > 0 and var tenths ? string.Create(CultureInfo.InvariantCulture, $".{tenths}") : "");

    /// <summary><c>1:15</c>, with as many digits behind it as say the millisecond: reading it gives the same moment.</summary>
    public static string WriteExactly(TimeSpan moment) =>
        StudioFormat.Duration(moment) + (moment.Milliseconds > 0 ? string.Create(CultureInfo.InvariantCulture, $".{moment.Milliseconds:000}").TrimEnd('0') : "");
}
