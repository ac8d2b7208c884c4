using System.Reflection;

namespace Kinopress.Server.Host.Assets;

/// <summary>Files inside the executable.</summary>
internal static class EmbeddedFiles
{
    private static readonly Assembly Executable = typeof(EmbeddedFiles).Assembly;

    // A build on Windows names them with backslashes.
    private static readonly Lazy<Dictionary<string, string>> Names = new(() =>
        Executable.GetManifestResourceNames().ToDictionary(name => name.Replace('\\', '/'), name => name, StringComparer.Ordinal));

    /// <summary>32 hexadecimal digits: another for every build with other content, these files included.</summary>
    public static string Version { get; } = Executable.ManifestModule.ModuleVersionId.ToString("N");

    /// <param name="prefix">With its slash: <c>assets/</c>.</param>
    /// <returns>Paths below the prefix.</returns>
    public static IEnumerable<string> NamesUnder(string prefix) =>
        Names.Value.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..]);

    /// <returns>Content by path below the prefix.</returns>
    public static IReadOnlyDictionary<string, byte[]> Under(string prefix) =>
        NamesUnder(prefix).ToDictionary(path => path, path => Read(prefix + path), StringComparer.Ordinal);

    /// <summary>Of known length, and nothing is copied: it reads the executable as it lies in memory.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Stream Open(string path) =>
        (Names.Value.TryGetValue(path, out var name) ? Executable.GetManifestResourceStream(name) : null) ?? throw new FileNotFoundException("Not in the executable.", path);

    private static byte[] Read(string path)
    {
        using var stream = Open(path);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
