using System.Collections.Concurrent;
using System.Text.Json;

namespace Kinopress.Themes.Locales;

/// <summary>Reads <c>locales/*.json</c>. A more specific layer's words win; missing ones come from the language without region, then English.</summary>
internal sealed class LocaleStore(IReadOnlyList<ThemeLayer> layers)
{
    private const string Fallback = "en";
    private const int MaxLocales = 200;

    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 };

    private readonly ConcurrentDictionary<string, Locale> _locales = new(StringComparer.OrdinalIgnoreCase);

    public Locale Get(string code)
    {
        var known = IsCode(code) ? code : Fallback;
        if (_locales.TryGetValue(known, out var locale))
        {
            return locale;
        }

        locale = Load(known);
        if (_locales.Count < MaxLocales)
        {
            _locales[known] = locale;
        }

        return locale;
    }

    public void Clear() => _locales.Clear();

    private static bool IsCode(string code) =>
        code.Length is >= 2 and <= 35 && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(code[0]);

    private static void Add(Dictionary<string, string> words, string prefix, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = prefix.Length == 0 ? property.Name : $"{prefix}.{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Add(words, key, property.Value);
            }
            else if (property.Value.ValueKind == JsonValueKind.String)
            {
                words[key] = property.Value.GetString() ?? string.Empty;
            }
        }
    }

    private Locale Load(string code)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in new[] { Fallback, code.Split('-')[0], code }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            foreach (var layer in layers.Reverse())
            {
                AddFile(words, layer, $"locales/{source}.json");
            }
        }

        return new Locale(code, words);
    }

    private static void AddFile(Dictionary<string, string> words, ThemeLayer layer, string path)
    {
        if (!layer.TryRead(path, out var content))
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(content, Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Add(words, string.Empty, document.RootElement);
            }
        }
        catch (JsonException)
        {
            // A broken file of words leaves the layers below in force; the theme check names it to the owner.
        }
    }
}
