using System.Globalization;
using Kinopress.Themes.Locales;
using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>One call of a function by a template. Arguments that are missing read as empty, zero or null.</summary>
internal readonly struct FunctionCall(SandboxContext context, ScriptArray arguments)
{
    public PageRender Render => context.Render;

    public ThemeEngineOptions Options => context.Render.Options;

    public Locale Locale => context.Render.Locale;

    public object? Value(int index) => index < arguments.Count ? arguments[index] : null;

    public string Text(int index) => context.ObjectToString(Value(index));

    /// <summary>What the template means by a text that may be absent: null for null, empty and blank.</summary>
    public string? TextOrNull(int index) => Text(index) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public ScriptObject? Object(int index) => Value(index) as ScriptObject;

    /// <summary>Null when it is not a number, or not one a screen could show.</summary>
    public double? Number(int index) => Value(index) switch
    {
        int number => number,
        long number => number,
        float number when float.IsFinite(number) => number,
        double number when double.IsFinite(number) => number,
        decimal number => (double)number,
        TimeSpan duration => duration.TotalMilliseconds,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    public long? WholeNumber(int index) => Number(index) is { } number and > -1e15 and < 1e15 ? (long)number : null;

    public bool IsTrue(int index) => Value(index) is true;

    public string Print(object? value) => context.ObjectToString(value);
}
