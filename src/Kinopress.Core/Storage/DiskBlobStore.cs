using System.IO.Pipelines;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Storage;

/// <summary>Blobs as files under the data folder.</summary>
public sealed class DiskBlobStore(DataFolder folder) : IBlobStore
{
    public Task PutAsync(string key, string localPath, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a path under the media folder has a parent
            File.Move(localPath, target, overwrite: true);
        }
        catch (IOException exception) when (DiskErrors.IsFull(exception))
        {
            throw new StorageFullException(exception);
        }

        return Task.CompletedTask;
    }

    public Task<bool> HasAsync(string key, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(key)));

    public Task<LocalBlob> FetchAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        return File.Exists(path)
            ? Task.FromResult(new LocalBlob(path, release: null))
            : throw new FileNotFoundException("No blob has this key.", key);
    }

    public Task<long> SizeAsync(string key, CancellationToken cancellationToken) => Task.FromResult(new FileInfo(PathOf(key)).Length);

    public Task CopyToAsync(string key, long offset, long length, PipeWriter target, CancellationToken cancellationToken) =>
        FileCopy.SendAsync(PathOf(key), offset, length, target, cancellationToken);

    public async Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(PathOf(key), options: FileOptions.Asynchronous);
        var content = new byte[length];
        for (var read = 0; read < length;)
        {
            var count = await RandomAccess.ReadAsync(file, content.AsMemory(read), offset + read, cancellationToken);
            read += count > 0 ? count : throw new EndOfStreamException("The blob is shorter than its row says.");
        }

        return content;
    }

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        var path = PathOf(prefix);
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else deletes the same; nothing is what was asked for.
        }

        return Task.CompletedTask;
    }

    public long? FreeBytes() => DiskErrors.FreeBytes(folder.Media);

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(folder.Media, key));
        return path.StartsWith(folder.Media + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("A blob's key stays inside the store.", nameof(key));
    }
}
