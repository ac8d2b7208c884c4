using System.Text;

namespace Kinopress.Themes;

/// <summary>The files of one theme: a folder or a set in memory. Paths use forward slashes and never leave the layer.</summary>
public sealed class ThemeLayer
{
    private const long MaxFileSizeInBytes = 32 * 1024 * 1024;

    private readonly string? _folder;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private ThemeLayer(string name, string? folder)
    {
        Name = name;
        _folder = folder;
    }

    public string Name { get; }

    /// <summary>Every file's path, sorted by ordinal.</summary>
    public IEnumerable<string> Paths => (_folder is null ? _files.Keys : PathsOnDisk(_folder)).Order(StringComparer.Ordinal);

    /// <summary>Files are read when asked for, so that edits show after <see cref="ThemeEngine.Invalidate"/>. Links are not followed.</summary>
    public static ThemeLayer FromDirectory(string name, string path) => new(name, Path.GetFullPath(path));

    public static ThemeLayer FromFiles(string name, IReadOnlyDictionary<string, byte[]> files)
    {
        var layer = new ThemeLayer(name, folder: null);
        foreach (var (path, content) in files)
        {
            layer._files[Checked(path)] = content;
        }

        return layer;
    }

    public static ThemeLayer FromFiles(string name, IReadOnlyDictionary<string, string> files) =>
        FromFiles(name, files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value), StringComparer.Ordinal));

    /// <summary>False when there is no such file, or the path is not a plain path inside the layer.</summary>
    public bool TryRead(string path, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (!IsPlain(path))
        {
            return false;
        }

        if (_folder is not null)
        {
            return TryReadFromDisk(_folder, path, out content);
        }

        var isFound = _files.TryGetValue(path, out var bytes);
        content = bytes;
        return isFound;
    }

    private static bool TryReadFromDisk(string folder, string path, out ReadOnlyMemory<byte> content)
    {
        content = default;
        var current = folder;
        foreach (var part in path.Split('/'))
        {
            current = Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                return false;
            }
        }

        var file = new FileInfo(current);
        if (!file.Exists || file.Length > MaxFileSizeInBytes)
        {
            return false;
        }

        try
        {
            content = File.ReadAllBytes(current);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<string> PathsOnDisk(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var withoutLinks = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        return Directory.EnumerateFiles(folder, "*", withoutLinks)
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(IsPlain);
    }

    private static string Checked(string path) =>
        IsPlain(path) ? path : throw new ArgumentException($"'{path}' is not a plain path inside a theme.", nameof(path));

    private static bool IsPlain(string path) =>
        path.Length is > 0 and <= 255 && path.All(IsPlainCharacter) && path.Split('/').All(part => part.Length > 0 && part[0] != '.');

    private static bool IsPlainCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.';
}
