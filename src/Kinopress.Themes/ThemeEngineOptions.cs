namespace Kinopress.Themes;

/// <summary>How a theme reaches the site's files, and how much it may use to make one page.</summary>
public sealed class ThemeEngineOptions
{
    /// <summary>URL of a theme's own file, from its path below <c>assets/</c> (<c>css/main.css</c>).</summary>
    public required Func<string, string> AssetUrl { get; init; }

    /// <summary>URL of a file that belongs to Kinopress itself (<c>css/tokens.css</c>).</summary>
    public required Func<string, string> PlatformAssetUrl { get; init; }

    /// <summary>Address of one icon by its Lucide name; null means a symbol of the platform's <c>icons.svg</c>.</summary>
    public Func<string, string>? IconHref { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Rounds of one loop, nested loops counted together.</summary>
    public int LoopLimit { get; init; } = 5_000;

    /// <summary>Depth of functions calling functions, and of partials in partials.</summary>
    public int RecursionLimit { get; init; } = 32;

    /// <summary>Expressions and statements evaluated for one page.</summary>
    public int StepLimit { get; init; } = 500_000;

    public int MaxOutputCharacters { get; init; } = 2 * 1024 * 1024;

    /// <summary>Length of one text value a template may build.</summary>
    public int MaxTextCharacters { get; init; } = 256 * 1024;

    public int MaxTemplateCharacters { get; init; } = 256 * 1024;

    /// <summary>Time for one attempt at a page; after it the page is made without the file that took so long.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a file that hit a limit is passed over before it is tried again.</summary>
    public TimeSpan SetAsideFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told of each problem as it is met; called on the rendering thread, possibly often.</summary>
    public Action<ThemeProblem>? OnProblem { get; init; }
}
