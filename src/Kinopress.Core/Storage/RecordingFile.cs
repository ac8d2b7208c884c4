using System.Text.Json;

namespace Kinopress.Core.Storage;

/// <summary>A recorded chunk while it is written. One writer; what it has written may be read at the same time.</summary>
public sealed class RecordingFile : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly FileStream _media;
    private readonly FileStream _list;
    private readonly Func<long, bool> _hasRoom;

    internal RecordingFile(string path, string listPath, RecordedChunk chunk, ReadOnlySpan<byte> init, Func<long, bool> hasRoom)
    {
        _hasRoom = hasRoom;
        Path = path;
        Chunk = chunk;
        _media = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            _list = new FileStream(listPath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _media.Write(init);
            WriteLine(chunk);
        }
        catch
        {
            _media.Dispose();
            _list?.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public RecordedChunk Chunk { get; }

    /// <summary>In bytes; where the next segment goes.</summary>
    public long Length => _media.Position;

    /// <summary>Appends a segment's pieces and then says that it is there.</summary>
    /// <returns>Where it lies.</returns>
    /// <exception cref="StorageFullException">No room; nothing of the segment is named.</exception>
    public RecordedSegment Append(IReadOnlyList<ReadOnlyMemory<byte>> pieces, RecordedSegment segment)
    {
        if (!_hasRoom(pieces.Sum(piece => (long)piece.Length)))
        {
            throw new StorageFullException(inner: null);
        }

        var offset = _media.Position;
        try
        {
            foreach (var piece in pieces)
            {
                _media.Write(piece.Span);
            }

            var written = segment with { Offset = offset, Size = _media.Position - offset };
            WriteLine(written);
            return written;
        }
        catch (IOException exception) when (DiskErrors.IsFull(exception))
        {
            _media.Position = offset;
            throw new StorageFullException(exception);
        }
    }

    public void Dispose()
    {
        _media.Dispose();
        _list.Dispose();
    }

    private void WriteLine<T>(T value)
    {
        // One write, so that a crash leaves a whole line or a torn last one.
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value), .. NewLine];
        _list.Write(line);
    }
}
