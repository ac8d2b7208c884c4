using System.Globalization;

namespace Kinopress.Server.Studio;

/// <summary>How Studio writes numbers and times.</summary>
internal static class StudioFormat
{
    /// <summary><c>4:07</c>, or <c>1:04:07</c> from an hour on.</summary>
    public static string Duration(TimeSpan duration) =>
        duration.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours}:{duration:mm\\:ss}")
            : duration.ToString("m\\:ss", CultureInfo.InvariantCulture);

    /// <summary><c>12 Mar 2026</c>.</summary>
    public static string Date(DateTimeOffset moment) => moment.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>12 Mar 2026, 18:30 UTC</c>.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset moment) => moment.ToString("O", CultureInfo.InvariantCulture);

    /// <summary><c>0.42</c>, for the <c>value</c> of a progress element.</summary>
    public static string Share(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary><c>42 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{(int)(share * 100)} %");

    /// <summary><c>2 min left</c>; empty when unknown.</summary>
    public static string TimeLeft(int? seconds) => seconds switch
    {
        null => "",
        < 60 => string.Create(CultureInfo.InvariantCulture, $" · {seconds} s left"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $" · {(seconds + 30) / 60} min left"),
        _ => string.Create(CultureInfo.InvariantCulture, $" · {seconds / 3600} h {seconds % 3600 / 60} min left"),
    };
}
