using Kinopress.Core.Foundation;

namespace Kinopress.Core.Storage;

/// <summary>Scratch folders for one attempt of a job. Emptied at start: whatever is there belonged to a process that died. Thread-safe.</summary>
public sealed class WorkFolder(DataFolder folder)
{
    private const int NameLength = 12; // paths of sockets within are short

    private readonly string _ours = Path.GetRandomFileName()[..4];

    /// <summary>A fresh folder; disposing it deletes it and everything inside.</summary>
    public WorkSpace Create()
    {
        var path = Path.Combine(folder.Work, (_ours + Path.GetRandomFileName())[..NameLength]);
        Directory.CreateDirectory(path);
        return new WorkSpace(path);
    }

    /// <summary>Deletes what other processes left. What this one has made meanwhile stays: the site answers before it is tidy.</summary>
    public void Empty()
    {
        foreach (var leftover in Directory.EnumerateDirectories(folder.Work))
        {
            if (!Path.GetFileName(leftover).StartsWith(_ours, StringComparison.Ordinal))
            {
                Directory.Delete(leftover, recursive: true);
            }
        }
    }
}

/// <summary>A scratch folder in use.</summary>
public sealed class WorkSpace(string path) : IDisposable
{
    public string Path { get; } = path;

    public string FileFor(string name) => System.IO.Path.Combine(Path, name);

    public bool Has(string name) => File.Exists(FileFor(name));

    public long SizeOf(string name) => new FileInfo(FileFor(name)).Length;

    /// <summary>Begins a file that is not there yet.</summary>
    public Stream Create(string name) => new FileStream(FileFor(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);

    public Stream OpenRead(string name) => new FileStream(FileFor(name), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
