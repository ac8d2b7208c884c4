using Kinopress.Themes.Functions;
using Kinopress.Themes.Locales;
using Kinopress.Themes.Rendering;

namespace Kinopress.Themes;

/// <summary>
/// Makes pages from theme files. A file that is missing or fails is replaced by the next layer's, and the owner is told.
/// Thread-safe; parsed templates and words are kept until <see cref="Invalidate"/>.
/// </summary>
public sealed class ThemeEngine
{
    private readonly ThemeEngineOptions _options;
    private readonly IReadOnlyList<ThemeLayer> _layers;
    private readonly TemplateStore _templates;
    private readonly LocaleStore _locales;
    private readonly FunctionLibrary _functions = new();

    /// <param name="layers">Most specific first; the built-in theme is last.</param>
    public ThemeEngine(IReadOnlyList<ThemeLayer> layers, ThemeEngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        _layers = [.. layers];
        _options = options;
        _templates = new TemplateStore(_layers, options);
        _locales = new LocaleStore(_layers);
    }

    /// <param name="template">File name in <c>templates/</c> without its ending: <c>watch</c>.</param>
    /// <exception cref="ThemeRenderException">The built-in theme failed too.</exception>
    /// <exception cref="ArgumentException">A drop holds a value templates may not see.</exception>
    public ThemePage Render(string template, ThemeContext context, CancellationToken cancellationToken)
    {
        var locale = _locales.Get(context.Locale);
        var render = new PageRender(_options, _templates, _functions, locale, context, cancellationToken);
        return render.Run(template);
    }

    /// <summary>A theme's own file by its path below <c>assets/</c>, from the most specific layer that has it.</summary>
    public bool TryReadAsset(string path, out ReadOnlyMemory<byte> content)
    {
        foreach (var layer in _layers)
        {
            if (layer.TryRead("assets/" + path, out content))
            {
                return true;
            }
        }

        content = default;
        return false;
    }

    /// <summary>Paths below <c>assets/</c> of all layers, each once, sorted.</summary>
    public IReadOnlyList<string> ListAssets() =>
        [.. _layers.SelectMany(layer => layer.Paths)
            .Where(path => path.StartsWith("assets/", StringComparison.Ordinal))
            .Select(path => path["assets/".Length..])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>Forgets parsed templates, words and set-aside files: call it after a theme's files change.</summary>
    public void Invalidate()
    {
        _templates.Clear();
        _locales.Clear();
    }
}
