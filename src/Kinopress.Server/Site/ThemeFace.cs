using Kinopress.Server.Host.Assets;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

/// <summary>The active theme: its engine and its files under an address with a hash of them all. Thread-safe.</summary>
internal sealed partial class ThemeFace
{
    private const string CoreTheme = "core";

    private readonly AssetCatalog _files;
    private readonly ThemeEngine _engine;

    public ThemeFace(AssetCatalog platform, TimeProvider clock, ILogger<ThemeFace> logger)
    {
        var core = ThemeLayer.FromFiles(CoreTheme, EmbeddedFiles.Under($"themes/{CoreTheme}/"));
        _files = new AssetCatalog(core.Paths
            .Where(path => path.StartsWith("assets/", StringComparison.Ordinal))
            .ToDictionary(path => path["assets/".Length..], path => core.TryRead(path, out var content) ? content.ToArray() : [], StringComparer.Ordinal));
        _engine = new ThemeEngine([core], new ThemeEngineOptions
        {
            AssetUrl = path => $"/theme/{_files.Hash}/{path}",
            PlatformAssetUrl = platform.UrlOf,
            Clock = clock,
            OnProblem = problem => Log.Problem(logger, problem.ToString()),
        });
    }

    public string Render(string template, ThemeContext context, CancellationToken cancellationToken) =>
        _engine.Render(template, context, cancellationToken).Html;

    public IResult Serve(string hash, string path, HttpContext context) => AssetEndpoints.Serve(_files.Find(path), hash == _files.Hash, context);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "theme.problem", Message = "The theme has a problem: {Problem}")]
        public static partial void Problem(ILogger logger, string problem);
    }
}
