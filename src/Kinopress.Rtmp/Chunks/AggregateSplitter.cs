using System.Buffers.Binary;

namespace Kinopress.Rtmp.Chunks;

/// <summary>
/// Takes an aggregate message apart, a tag at a time (RTMP 1.0 §7.1.6): FLV tags one after another. The aggregate's timestamp is that of its
/// first tag, the others keep their distance from it.
/// </summary>
internal sealed class AggregateSplitter(IncomingMessage aggregate)
{
    private const int HeaderSize = 11;
    private const int BackPointerSize = 4;

    private int position;
    private uint? firstTimestamp;

    /// <returns>False after the last tag.</returns>
    public bool TryNext(out MessageType type, out uint timestamp, out ReadOnlySpan<byte> body)
    {
        var rest = aggregate.Body[position..];
        (type, timestamp) = (default, default);
        body = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var size = rest.Length < HeaderSize ? int.MaxValue : (rest[1] << 16) | (rest[2] << 8) | rest[3];
        if (size > rest.Length - HeaderSize)
        {
            throw new RtmpProtocolException(RtmpFault.MalformedMessage, "A tag of an aggregate is cut off");
        }

        type = (MessageType)rest[0];
        var own = (uint)((rest[7] << 24) | (rest[4] << 16) | (rest[5] << 8) | rest[6]);
        firstTimestamp ??= own;
        timestamp = aggregate.Timestamp + own - firstTimestamp.Value;
        body = rest.Slice(HeaderSize, size);

        // The last back pointer may be missing.
        position = Math.Min(aggregate.Length, position + HeaderSize + size + BackPointerSize);
        return true;
    }

    public void Release() => aggregate.Release();
}
