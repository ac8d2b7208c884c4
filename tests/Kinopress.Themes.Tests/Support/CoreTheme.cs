using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Themes.Tests.Support;

/// <summary>The built-in theme as it lies in the tree, and a clock that stands still.</summary>
internal static class CoreTheme
{
    public static readonly DateTimeOffset Now = new(2026, 5, 20, 18, 30, 0, TimeSpan.Zero);

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../themes/core"));

    public static string PlatformAssets { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../src/Kinopress.Server/Assets"));

    public static ThemeLayer Layer { get; } = ThemeLayer.FromDirectory("core", Folder);

    public static ThemeEngine Engine { get; } = new([Layer], Options());

    public static ThemeEngineOptions Options(Action<ThemeProblem>? onProblem = null) => new()
    {
        AssetUrl = path => "/assets/theme/" + path,
        PlatformAssetUrl = path => "/assets/kinopress/" + path,
        Clock = new FakeTimeProvider(Now),
        OnProblem = onProblem,
    };

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!; // a source file has a folder
}
