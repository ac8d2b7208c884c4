using System.Globalization;

namespace Kinopress.Themes.Functions;

/// <summary>Lengths of time as people and machines write them. All take milliseconds; negative ones count as zero.</summary>
internal static class Durations
{
    /// <summary><c>0:07</c>, <c>12:30</c>, <c>1:02:33</c>.</summary>
    public static string ToClock(long milliseconds)
    {
        var seconds = Math.Max(0, milliseconds) / 1000;
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return hours > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes}:{seconds % 60:00}");
    }

    /// <summary>ISO 8601: <c>PT1H2M33S</c>.</summary>
    public static string ToIso(long milliseconds)
    {
        var seconds = Math.Max(0, milliseconds) / 1000;
        var hours = seconds >= 3600 ? $"{seconds / 3600}H" : string.Empty;
        var minutes = seconds / 60 % 60 > 0 ? $"{seconds / 60 % 60}M" : string.Empty;
        return $"PT{hours}{minutes}{seconds % 60}S";
    }
}
