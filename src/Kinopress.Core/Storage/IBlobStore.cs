using System.IO.Pipelines;

namespace Kinopress.Core.Storage;

/// <summary>
/// Where media lives, under stable keys such as <c>videos/{id}/renditions/720p/0.mp4</c>. Keys are made by this
/// program, never by visitors. The database holds key, size and hash. Thread-safe.
/// </summary>
public interface IBlobStore
{
    /// <summary>Moves a finished local file in. Replaces what was under the key; readers see the old or the new, never half.</summary>
    /// <exception cref="StorageFullException">No room.</exception>
    Task PutAsync(string key, string localPath, CancellationToken cancellationToken);

    Task<bool> HasAsync(string key, CancellationToken cancellationToken);

    /// <summary>A file to read, such as for ffmpeg. Dispose it when done.</summary>
    /// <exception cref="FileNotFoundException">Nothing is under the key.</exception>
    Task<LocalBlob> FetchAsync(string key, CancellationToken cancellationToken);

    /// <summary>In bytes.</summary>
    /// <exception cref="FileNotFoundException">Nothing is under the key.</exception>
    Task<long> SizeAsync(string key, CancellationToken cancellationToken);

    /// <summary>Sends a part of a blob to somebody who waits for it.</summary>
    /// <param name="offset">In bytes from the start.</param>
    /// <param name="length">In bytes; the blob must hold them.</param>
    /// <exception cref="FileNotFoundException">Nothing is under the key.</exception>
    Task CopyToAsync(string key, long offset, long length, PipeWriter target, CancellationToken cancellationToken);

    /// <summary>A small part of a blob, in memory.</summary>
    /// <exception cref="FileNotFoundException">Nothing is under the key.</exception>
    Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Removes everything under keys that start with the prefix; fine when there is nothing.</summary>
    Task DeleteAllAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Bytes that may still be stored; null when the store does not say.</summary>
    long? FreeBytes();
}

/// <summary>A blob as a file on this machine for as long as it is held.</summary>
public sealed class LocalBlob(string path, Action? release) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose() => release?.Invoke();
}

/// <summary>The disk or bucket is full.</summary>
public sealed class StorageFullException(Exception? inner) : IOException("There is no space left to store media.", inner);
