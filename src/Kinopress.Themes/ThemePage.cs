namespace Kinopress.Themes;

/// <param name="Problems">Files that were passed over while this page was made, in the order they failed; usually empty.</param>
public sealed record ThemePage(string Html, IReadOnlyList<ThemeProblem> Problems);
