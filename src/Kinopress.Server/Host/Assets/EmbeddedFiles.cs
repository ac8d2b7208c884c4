namespace Kinopress.Server.Host.Assets;

/// <summary>Files inside the executable.</summary>
internal static class EmbeddedFiles
{
    /// <param name="prefix">With its slash: <c>assets/</c>.</param>
    /// <returns>Content by path below the prefix.</returns>
    public static IReadOnlyDictionary<string, byte[]> Under(string prefix)
    {
        var assembly = typeof(EmbeddedFiles).Assembly;
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name);
            if (stream is not null)
            {
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                files[name[prefix.Length..].Replace('\\', '/')] = content;
            }
        }

        return files;
    }
}
