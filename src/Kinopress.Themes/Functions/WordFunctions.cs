using System.Globalization;
using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>Functions that speak the visitor's language.</summary>
internal static class WordFunctions
{
    private const int LongestPattern = 40;

    /// <summary><c>t "key"</c>, <c>t "key" 3</c> or <c>t "key" {count: 3, name: x}</c>; <c>count</c> picks the plural.</summary>
    public static string Say(FunctionCall call)
    {
        var key = call.Text(0);
        if (call.Object(1) is not { } arguments)
        {
            return SayCount(call, key, call.WholeNumber(1));
        }

        var texts = arguments.Select(argument => KeyValuePair.Create(argument.Key, ToText(call, argument.Value)));
        return call.Locale.Say(key, ToCount(arguments), [.. texts]);
    }

    /// <summary>"just now", "5 minutes ago", "3 weeks ago"; a moment to come reads as a date.</summary>
    public static string? SayAge(FunctionCall call)
    {
        if (call.Value(0) is not DateTimeOffset moment)
        {
            return null;
        }

        var age = call.Options.Clock.GetUtcNow() - moment;
        if (age < TimeSpan.FromMinutes(-1))
        {
            return Format(moment, "medium", call.Locale.Culture);
        }

        return age switch
        {
            { TotalMinutes: < 1 } => call.Locale.Say("time.now", null, []),
            { TotalHours: < 1 } => SayCount(call, "time.minutes", (long)age.TotalMinutes),
            { TotalDays: < 1 } => SayCount(call, "time.hours", (long)age.TotalHours),
            { TotalDays: < 7 } => SayCount(call, "time.days", (long)age.TotalDays),
            { TotalDays: < 30 } => SayCount(call, "time.weeks", (long)(age.TotalDays / 7)),
            { TotalDays: < 365 } => SayCount(call, "time.months", (long)(age.TotalDays / 30.44) is 0 ? 1 : (long)(age.TotalDays / 30.44)),
            _ => SayCount(call, "time.years", (long)(age.TotalDays / 365.25) is 0 ? 1 : (long)(age.TotalDays / 365.25)),
        };
    }

    /// <summary>Formats: <c>short</c>, <c>medium</c> (the default), <c>long</c>, <c>iso</c>, <c>year</c>, or a .NET pattern.</summary>
    public static string? SayDate(FunctionCall call) =>
        call.Value(0) is DateTimeOffset moment ? Format(moment, call.TextOrNull(1) ?? "medium", call.Locale.Culture) : null;

    private static string SayCount(FunctionCall call, string key, long? count) =>
        call.Locale.Say(key, count, count is { } number ? [KeyValuePair.Create("count", number.ToString("N0", call.Locale.Culture))] : []);

    private static long? ToCount(ScriptObject arguments) => arguments.TryGetValue("count", out var count) ? count switch
    {
        int number => number,
        long number => number,
        double number => (long)number,
        _ => null,
    } : null;

    private static string ToText(FunctionCall call, object? value) =>
        value is int or long ? Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("N0", call.Locale.Culture) : call.Print(value);

    private static string Format(DateTimeOffset moment, string format, CultureInfo culture)
    {
        var pattern = format switch
        {
            "short" => "d",
            "medium" => "d MMM yyyy",
            "long" => "D",
            "iso" => "yyyy-MM-ddTHH:mm:ssK",
            "year" => "yyyy",
            _ => format,
        };
        if (pattern.Length > LongestPattern)
        {
            throw new FunctionException("The date pattern is too long.");
        }

        try
        {
            return moment.ToString(pattern, format == "iso" ? CultureInfo.InvariantCulture : culture);
        }
        catch (FormatException)
        {
            throw new FunctionException($"'{pattern}' is not a date pattern.");
        }
    }
}
