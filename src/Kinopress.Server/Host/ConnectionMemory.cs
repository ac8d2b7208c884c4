using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Kinopress.Server.Host;

/// <summary>
/// The memory connections are read into and written from, in blocks of 16 KB. Kestrel's own are of 4 KB: a segment of a film is then copied into
/// hundreds of them and handed to the system piece by piece, and an upload is read 4 KB at a time.
/// Still larger ones cost the thousands of listeners of a chat, who hold one each while they are told, more than they gain. Connections that
/// wait hold none. Thread-safe.
/// </summary>
internal sealed class ConnectionMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 16 * 1024;
    private const int MaxKept = 1024; // 16 MB; beyond that the collector has them

    private readonly Lock _gate = new();
    private readonly Stack<Block> _free = new(); // the last one used is the one that is still in the processor's cache

    public override int MaxBufferSize => BlockSize;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <exception cref="ArgumentOutOfRangeException">More than a block.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
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
