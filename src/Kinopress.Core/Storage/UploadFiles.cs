using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Storage;

/// <summary>
/// The bytes of unfinished uploads, one file each. The file's length is the truth about how much has arrived, so it
/// survives any crash. One writer at a time for each upload. Thread-safe.
/// </summary>
public sealed class UploadFiles(DataFolder folder)
{
    private const int BufferSize = 128 * 1024;

    private readonly ConcurrentDictionary<Guid, byte> _writing = new();
    private readonly ConcurrentDictionary<Guid, RunningHash> _hashes = new();

    /// <summary>Reserves the name. Nothing is written yet.</summary>
    /// <exception cref="StorageFullException">No room even for an empty file.</exception>
    public void Create(Guid id) => Guard(() => File.Create(PathOf(id)).Dispose());

    /// <summary>Bytes that have arrived; 0 when the file is missing.</summary>
    public long Length(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    public bool Exists(Guid id) => File.Exists(PathOf(id));

    public string PathOf(Guid id) => Path.Combine(folder.Uploads, id.ToString("N"));

    public void Delete(Guid id)
    {
        Forget(id);
        File.Delete(PathOf(id));
    }

    /// <summary>The SHA-256 of all that has arrived; computed as it arrived, from the file only after a restart.</summary>
    public async Task<byte[]> HashAsync(Guid id, CancellationToken cancellationToken) =>
        (await RunningHashAsync(id, Length(id), cancellationToken)).Hash.GetCurrentHash();

    /// <summary>Lets go of what is held in memory for an upload that has ended.</summary>
    public void Forget(Guid id)
    {
        if (_hashes.TryRemove(id, out var running))
        {
            running.Hash.Dispose();
        }
    }

    public IEnumerable<Guid> List() =>
        Directory.EnumerateFiles(folder.Uploads).Select(path => Guid.TryParse(Path.GetFileName(path), out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    public long? FreeBytes() => DiskErrors.FreeBytes(folder.Uploads);

    /// <summary>Takes the only pen for an upload; null when somebody else is writing. Dispose to give it back.</summary>
    public IDisposable? TryLock(Guid id) => _writing.TryAdd(id, 0) ? new Turn(_writing, id) : null;

    /// <summary>True while somebody holds the pen; asking takes nothing from anybody.</summary>
    public bool IsBeingWritten(Guid id) => _writing.ContainsKey(id);

    /// <summary>
    /// Appends what arrives until the source ends or the upload is full. What has been written stays, also when the
    /// connection breaks in the middle.
    /// </summary>
    /// <param name="limit">The upload's whole length; bytes beyond it are left unread.</param>
    /// <returns>The new length.</returns>
    /// <exception cref="StorageFullException">The disk filled up.</exception>
    public async Task<long> AppendAsync(Guid id, PipeReader source, long limit, CancellationToken cancellationToken)
    {
        try
        {
            var hash = await RunningHashAsync(id, Length(id), cancellationToken);
            await using var file = new FileStream(PathOf(id), FileMode.Append, FileAccess.Write, FileShare.Read, BufferSize, FileOptions.Asynchronous);
            var length = file.Position;
            while (length < limit)
            {
                var read = await source.ReadAsync(cancellationToken);
                var take = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, limit - length));
                var (taken, isLast) = (take.Length, read.IsCompleted && take.Length == read.Buffer.Length); // the buffer is gone once advanced past
                try
                {
                    foreach (var memory in take)
                    {
                        await file.WriteAsync(memory, cancellationToken);
                        hash.Append(memory.Span);
                    }
                }
                finally
                {
                    source.AdvanceTo(take.End); // also when the disk is full: else the server cannot read on and breaks the connection instead of answering
                }

                length += taken;
                if (isLast)
                {
                    break;
                }
            }

            await file.FlushAsync(cancellationToken);
            return length;
        }
        catch (IOException exception) when (DiskErrors.IsFull(exception))
        {
            throw new StorageFullException(exception); // thrown here, it also covers what closing the file still writes
        }
    }

    private async Task<RunningHash> RunningHashAsync(Guid id, long length, CancellationToken cancellationToken)
    {
        if (_hashes.TryGetValue(id, out var running) && running.Length == length)
        {
            return running;
        }

        Forget(id);
        running = new RunningHash();
        await using var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            running.Append(buffer.AsSpan(0, read));
        }

        _hashes[id] = running;
        return running;
    }

    private static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (IOException exception) when (DiskErrors.IsFull(exception))
        {
            throw new StorageFullException(exception);
        }
    }

    private sealed class RunningHash
    {
        public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            Hash.AppendData(bytes);
            Length += bytes.Length;
        }
    }

    private sealed class Turn(ConcurrentDictionary<Guid, byte> writing, Guid id) : IDisposable
    {
        public void Dispose() => writing.TryRemove(id, out _);
    }
}
