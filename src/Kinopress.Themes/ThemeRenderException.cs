namespace Kinopress.Themes;

/// <summary>No layer, not even the built-in one, could make the page.</summary>
public sealed class ThemeRenderException(string message, IReadOnlyList<ThemeProblem> problems, Exception? innerException = null)
    : Exception(message, innerException)
{
    public IReadOnlyList<ThemeProblem> Problems { get; } = problems;
}
