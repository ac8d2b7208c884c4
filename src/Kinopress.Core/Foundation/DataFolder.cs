namespace Kinopress.Core.Foundation;

/// <summary>The one folder that holds everything a site owns. Paths are absolute.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string root) => Root = root;

    public string Root { get; }

    public string SiteDatabase => Path.Combine(Root, "site.db");

    public string Media => Path.Combine(Root, "media");

    public string Themes => Path.Combine(Root, "themes");

    public string Keys => Path.Combine(Root, "keys");

    public string Temporary => Path.Combine(Root, "tmp");

    public string Uploads => Path.Combine(Temporary, "uploads");

    public string Work => Path.Combine(Temporary, "work");

    /// <summary>Recordings of lives that are on air. Beside the media, so that keeping one is a rename.</summary>
    public string Recordings => Path.Combine(Root, "recordings");

    /// <summary>Makes the folder and its parts where they are missing; only this account can read them.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It exists but is not writable.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        foreach (var part in (string[])[folder.Root, folder.Media, folder.Themes, folder.Keys, folder.Temporary, folder.Uploads, folder.Work, folder.Recordings])
        {
            CreatePrivate(part);
        }

        return folder;
    }

    /// <summary>True when a site on SQLite lives in the folder. Makes nothing.</summary>
    public static bool HoldsSite(string path) => File.Exists(new DataFolder(Path.GetFullPath(path)).SiteDatabase);

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly); // a folder that was there keeps its mode otherwise
    }
}
