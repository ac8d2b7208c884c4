using Scriban.Runtime;

namespace Kinopress.Themes;

/// <summary>
/// A read-only record as templates see it: snake_case names and plain values, so that no .NET object reaches a theme.
/// Fill it before the first render; afterwards it refuses changes and may be shared between renders and threads.
/// </summary>
public sealed class Drop
{
    private readonly ScriptObject _values = [];

    public Drop()
    {
    }

    public Drop(IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var (name, value) in values)
        {
            this[name] = value;
        }
    }

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>
    /// A string, bool, int, long, double, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="SafeHtml"/>,
    /// <see cref="Drop"/>, a list of drops or strings, or null. Reading gives lists and drops in the engine's own form.
    /// </summary>
    /// <exception cref="ArgumentException">The name is not snake_case, or the value is of another type.</exception>
    /// <exception cref="InvalidOperationException">The drop has already been rendered.</exception>
    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : null;
        set
        {
            if (_values.IsReadOnly)
            {
                throw new InvalidOperationException($"The drop was already given to a template: '{name}' cannot change.");
            }

            _values[CheckedName(name)] = ToTemplateValue(name, value);
        }
    }

    internal ScriptObject Freeze()
    {
        _values.IsReadOnly = true;
        return _values;
    }

    internal static object? ToTemplateValue(string name, object? value) => value switch
    {
        null or string or bool or int or long or double or DateTimeOffset or TimeSpan or SafeHtml => value,
        Drop drop => drop.Freeze(),
        IReadOnlyList<Drop> drops => Frozen(drops.Select(drop => (object)drop.Freeze())),
        IReadOnlyList<string> texts => Frozen(texts),
        _ => throw new ArgumentException($"'{name}' is a {value.GetType()}, which a template may not see.", nameof(value)),
    };

    private static ScriptArray Frozen(IEnumerable<object> items)
    {
        var array = new ScriptArray(items);
        ((IScriptObject)array).IsReadOnly = true;
        return array;
    }

    private static string CheckedName(string name)
    {
        var isSnakeCase = name.Length > 0 && char.IsAsciiLetterLower(name[0])
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        return isSnakeCase ? name : throw new ArgumentException($"'{name}' is not a snake_case name.", nameof(name));
    }
}
