using System.Buffers;

namespace Kinopress.Media.Live;

/// <summary>
/// Bytes from a pool that several may read at a time. Whoever gets it first holds one reference; each further reader takes
/// one with <see cref="TryRetain"/> and gives it back with <see cref="Release"/>. The last to do so returns the bytes to the
/// pool. A reference nobody gives back costs the pool a buffer and does no harm. Thread-safe.
/// </summary>
public sealed class SharedBytes
{
    private readonly byte[] buffer;
    private int references = 1;

    internal SharedBytes(byte[] rented, int length) => (buffer, Length) = (rented, length);

    public int Length { get; }

    /// <summary>A copy of bytes from elsewhere; whoever makes it holds the first reference.</summary>
    public static SharedBytes Copy(ReadOnlySpan<byte> bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(rented);
        return new SharedBytes(rented, bytes.Length);
    }

    /// <summary>Only while a reference is held.</summary>
    public ReadOnlyMemory<byte> Memory =>
        Volatile.Read(ref references) > 0 ? buffer.AsMemory(0, Length) : throw new ObjectDisposedException(nameof(SharedBytes));

    /// <summary>False when all references were given back: the bytes are gone.</summary>
    public bool TryRetain()
    {
        var seen = Volatile.Read(ref references);
        while (seen > 0)
        {
            var before = Interlocked.CompareExchange(ref references, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref references);
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        ObjectDisposedException.ThrowIf(left < 0, this);
    }
}
