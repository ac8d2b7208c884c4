using System.Reflection;

namespace Kinopress.Architecture.Tests.Support;

/// <summary>The working copy these tests were built from. Paths are relative to its root, with forward slashes.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", ".vscode", "bin", "obj", "artifacts", "node_modules", "TestResults", "kinopress-data",
    };

    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!; // the project file always writes it

    /// <summary>Where contract snapshots are rewritten instead of compared.</summary>
    public static bool UpdatesSnapshots => Environment.GetEnvironmentVariable("KINOPRESS_UPDATE_SNAPSHOTS") == "1";

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static bool Has(string path) => File.Exists(PathOf(path)) || Directory.Exists(PathOf(path));

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Every file kept in the repository below a folder; build outputs are left out.</summary>
    public static IReadOnlyList<string> Files(string folder = "") =>
        [.. Walk(PathOf(folder)).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file under src but the generated migrations.</summary>
    public static IReadOnlyList<string> Sources() =>
        [.. Files("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !IsGenerated(path))];

    /// <summary>Folders exactly so many names deep: 1 is the top of the repository.</summary>
    public static IReadOnlyList<string> Folders(int depth)
    {
        IEnumerable<string> level = [Root];
        for (var at = 0; at < depth; at++)
        {
            level = level.SelectMany(Subfolders).ToList();
        }

        return [.. level.Where(folder => Walk(folder).Any()).Select(Relative).Order(StringComparer.Ordinal)];
    }

    public static bool IsGenerated(string path) =>
        path.StartsWith("src/Kinopress.Core/Data/Sqlite/CompiledModel/", StringComparison.Ordinal)
        || path.StartsWith("src/Kinopress.Migrations/Sqlite/", StringComparison.Ordinal)
        || path.StartsWith("src/Kinopress.Migrations/Postgres/", StringComparison.Ordinal);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Subfolders(folder).SelectMany(Walk));

    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(path => !NotOurs.Contains(Path.GetFileName(path)));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');
}
