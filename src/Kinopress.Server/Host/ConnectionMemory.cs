using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Kinopress.Server.Host;

/// <summary>
/// The memory connections are read into and written from: blocks of 4 KB, of which each connection holds one, and larger ones from the shared pool
/// for who asks for them. An answer that lies ready in memory becomes part of it with <see cref="Append"/>, so that a thousand viewers of a live
/// are sent the same bytes and not a thousand copies. Thread-safe.
/// </summary>
internal sealed class ConnectionMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 4 * 1024;
    private const int MaxKept = 4096; // 16 MB; beyond that the collector has them

    // What Append wants the writer it asks, on this thread, to get.
    private readonly ThreadLocal<IMemoryOwner<byte>?> _offered = new();
    private readonly Lock _gate = new();
    private readonly Stack<Block> _free = new(); // the last one used is the one that is still in the processor's cache

    public override int MaxBufferSize => Array.MaxLength;

    /// <summary>
    /// Adds bytes to an answer without copying them where its writer asks this memory for as much as there is, as the pipes of connections do.
    /// Else, and where there is less than a block, they are copied. They are sent with the next flush.
    /// </summary>
    /// <param name="writer">of an answer that has started: before that it collects, and all is copied</param>
    /// <param name="content">stays as it is until it is disposed, once: when it was sent, or will never be</param>
    /// <exception cref="OperationCanceledException">The connection is gone; whatever is written to this writer from here on would be lost.</exception>
    public void Append(PipeWriter writer, IMemoryOwner<byte> content)
    {
        var bytes = content.Memory;
        if (bytes.Length >= BlockSize && writer.CanGetUnflushedBytes && Lend(writer, content))
        {
            return;
        }

        writer.Write(bytes.Span);
        content.Dispose();
    }

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (_offered.Value is { } offered && offered.Memory.Length == minBufferSize)
        {
            _offered.Value = null;
            return offered;
        }

        if (minBufferSize > BlockSize)
        {
            return Shared.Rent(minBufferSize);
        }

        lock (_gate)
        {
            if (_free.TryPop(out var block))
            {
                return block.Take();
            }
        }

        return new Block(this).Take();
    }

    /// <summary>Lets the collector have what nobody uses.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            _free.Clear();
        }
    }

    // Every transport has the same one, and none of them owns it.
    protected override void Dispose(bool disposing)
    {
    }

    /// <returns>False when the writer found memory elsewhere.</returns>
    private bool Lend(PipeWriter writer, IMemoryOwner<byte> content)
    {
        var lent = new Lent(content);
        _offered.Value = lent;
        try
        {
            var bytes = content.Memory;
            var given = writer.GetMemory(bytes.Length);
            if (_offered.Value is not null)
            {
                return false;
            }

            var before = writer.UnflushedBytes;
            if (given.Equals(bytes))
            {
                writer.Advance(bytes.Length);
            }

            // A writer whose connection is gone takes memory for what nobody will read, writes the next thing into it, and counts nothing.
            return writer.UnflushedBytes - before == bytes.Length ? true : throw new OperationCanceledException("Nobody takes the answer any more.");
        }
        catch
        {
            lent.Dispose();
            throw;
        }
        finally
        {
            _offered.Value = null;
        }
    }

    private void Return(Block block)
    {
        lock (_gate)
        {
            if (_free.Count < MaxKept)
            {
                _free.Push(block);
            }
        }
    }

    /// <summary>Content in the hands of a writer. Once taken back, whoever still holds it writes into memory of its own.</summary>
    private sealed class Lent(IMemoryOwner<byte> content) : IMemoryOwner<byte>
    {
        private readonly int _length = content.Memory.Length;
        private IMemoryOwner<byte>? _content = content;

        public Memory<byte> Memory => _content?.Memory ?? new byte[_length];

        public void Dispose() => Interlocked.Exchange(ref _content, null)?.Dispose();
    }

    private sealed class Block(ConnectionMemory pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true);
        private int _isTaken;

        public Memory<byte> Memory => _bytes;

        public Block Take()
        {
            _isTaken = 1;
            return this;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isTaken, 0) == 1)
            {
                pool.Return(this);
            }
        }
    }
}
