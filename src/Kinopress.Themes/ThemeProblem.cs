namespace Kinopress.Themes;

/// <summary>What is wrong with one file of a theme, for its owner. The visitor still gets a page.</summary>
/// <param name="Layer">Name of the layer the file belongs to.</param>
/// <param name="Path">Path inside the layer, with forward slashes.</param>
/// <param name="Line">One-based; 0 when the problem has no line.</param>
public sealed record ThemeProblem(string Layer, string Path, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{Layer}: {Path}:{Line}: {Message}" : $"{Layer}: {Path}: {Message}";
}
