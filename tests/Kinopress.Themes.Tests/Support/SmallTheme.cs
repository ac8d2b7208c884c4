using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Themes.Tests.Support;

/// <summary>Themes of a few lines, one per test.</summary>
internal static class SmallTheme
{
    public static readonly IReadOnlyDictionary<string, string> Core = new Dictionary<string, string>
    {
        ["templates/home.html"] = "core home {{ partial \"card\" {title: title} }}",
        ["partials/card.html"] = "[core card {{ title }}]",
        ["layouts/default.html"] = "<main>{{ content }}</main>",
        ["locales/en.json"] = """{ "hello": "Hello {name}", "views": { "one": "{count} view", "other": "{count} views" } }""",
    };

    public static ThemeEngine Engine(params IEnumerable<IReadOnlyDictionary<string, string>> layers) =>
        new([.. layers.Select((files, index) => ThemeLayer.FromFiles($"layer{index}", files))], Options());

    public static ThemeEngineOptions Options(TimeProvider? clock = null, Action<ThemeProblem>? onProblem = null) => new()
    {
        AssetUrl = path => "/theme/" + path,
        PlatformAssetUrl = path => "/platform/" + path,
        Clock = clock ?? new FakeTimeProvider(CoreTheme.Now),
        OnProblem = onProblem,
    };

    /// <summary>Renders one template, alone in its theme and without a layout.</summary>
    public static string Print(string template, params (string Name, object? Value)[] drops) =>
        Render(template, drops).Html;

    public static ThemePage Render(string template, params (string Name, object? Value)[] drops) =>
        Engine(new Dictionary<string, string>(Core) { ["templates/test.html"] = template }).Render("test", Context(drops), CancellationToken.None);

    public static ThemeContext Context(params (string Name, object? Value)[] drops) =>
        new() { Layout = null, Drops = drops.ToDictionary(drop => drop.Name, drop => drop.Value) };
}
