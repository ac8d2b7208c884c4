using System.Buffers;

namespace Kinopress.Rtmp;

/// <summary>One audio, video or data message of a publisher.</summary>
/// <remarks>
/// The bytes lie in a pooled buffer, written once when they came from the network. Whoever receives a message holds it and disposes it; a
/// fan-out calls <see cref="Retain"/> once for each further holder, and each of them disposes once. The last one gives the buffer back,
/// after which <see cref="Body"/> throws. A message that is never disposed is collected like anything else. Holding is thread-safe.
/// </remarks>
public sealed class RtmpMessage : IDisposable
{
    private readonly byte[] buffer;
    private readonly int offset;
    private readonly int length;
    private int holders = 1;

    /// <param name="buffer">Rented from the shared pool; this message owns it from here on.</param>
    internal RtmpMessage(RtmpMessageKind kind, long timestampInMilliseconds, byte[] buffer, int offset, int length)
    {
        Kind = kind;
        TimestampInMilliseconds = timestampInMilliseconds;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    public RtmpMessageKind Kind { get; }

    /// <summary>
    /// The publisher's clock, continued over its 32-bit wraps. It starts anywhere and may stand still or step back, as the publisher's did; it
    /// is negative only when the publisher went back beyond its own start.
    /// </summary>
    public long TimestampInMilliseconds { get; }

    /// <summary>The body of an FLV tag of this kind; for data without the leading <c>@setDataFrame</c>, as in an FLV file. May be empty.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref holders) <= 0, this);
            return buffer.AsMemory(offset, length);
        }
    }

    /// <summary>A copy, for callers that have bytes from elsewhere.</summary>
    public static RtmpMessage Copy(RtmpMessageKind kind, long timestampInMilliseconds, ReadOnlySpan<byte> body)
    {
        var copy = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(copy);
        return new RtmpMessage(kind, timestampInMilliseconds, copy, 0, body.Length);
    }

    /// <summary>Adds a holder, who will dispose the message too.</summary>
    /// <returns>This message.</returns>
    public RtmpMessage Retain()
    {
        for (var now = Volatile.Read(ref holders); ;)
        {
            ObjectDisposedException.ThrowIf(now <= 0, this);
            var seen = Interlocked.CompareExchange(ref holders, now + 1, now);
            if (seen == now)
            {
                return this;
            }

            now = seen;
        }
    }

    public void Dispose()
    {
        var left = Interlocked.Decrement(ref holders);
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
