using Scriban;

namespace Kinopress.Themes.Rendering;

/// <summary>One parsed file of one layer. Either it has a template or a problem.</summary>
internal sealed class TemplateFile
{
    private long _setAsideUntilTicks;

    private TemplateFile(string layer, string path, bool isLastLayer)
    {
        Layer = layer;
        Path = path;
        IsLastLayer = isLastLayer;
    }

    public string Layer { get; }

    public string Path { get; }

    public bool IsLastLayer { get; }

    public Template? Template { get; private init; }

    public ThemeProblem? Problem { get; private set; }

    public static TemplateFile Parsed(string layer, string path, bool isLastLayer, Template template) =>
        new(layer, path, isLastLayer) { Template = template };

    public static TemplateFile Broken(ThemeProblem problem, bool isLastLayer) =>
        new(problem.Layer, problem.Path, isLastLayer) { Problem = problem };

    public void SetAside(ThemeProblem problem, DateTimeOffset until)
    {
        Problem = problem;
        Interlocked.Exchange(ref _setAsideUntilTicks, until.UtcTicks);
    }

    /// <summary>The built-in layer's files are always tried: nothing stands behind them.</summary>
    public bool IsSetAside(DateTimeOffset now) => !IsLastLayer && Interlocked.Read(ref _setAsideUntilTicks) > now.UtcTicks;
}
