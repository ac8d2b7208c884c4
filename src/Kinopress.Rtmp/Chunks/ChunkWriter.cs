using System.Buffers;
using System.Buffers.Binary;

namespace Kinopress.Rtmp.Chunks;

/// <summary>Cuts messages into chunks (RTMP 1.0 §5.3): a full header first, a shorter one while time goes forward on the same message stream.</summary>
internal sealed class ChunkWriter
{
    private const uint NoTimestamp = 0xff_ffff;

    private readonly Sent[] sent = new Sent[64];
    private int chunkSize = 128;

    /// <summary>From the next message on; the caller has just written Set Chunk Size.</summary>
    public void UseChunkSize(int size) => chunkSize = size;

    public void Write(IBufferWriter<byte> output, in OutgoingMessage message)
    {
        var body = message.Body.Span;
        var field = WriteFirstHeader(output, message);
        Write(output, body[..Math.Min(body.Length, chunkSize)]);
        for (var written = chunkSize; written < body.Length; written += chunkSize)
        {
            WriteContinuation(output, message.ChunkStreamId, field);
            Write(output, body[written..Math.Min(body.Length, written + chunkSize)]);
        }
    }

    /// <returns>The timestamp as written, absolute or as a difference.</returns>
    private uint WriteFirstHeader(IBufferWriter<byte> output, in OutgoingMessage message)
    {
        ref var last = ref sent[message.ChunkStreamId];
        var isShort = last.IsUsed && last.StreamId == message.StreamId && message.Timestamp >= last.Timestamp;
        var field = isShort ? message.Timestamp - last.Timestamp : message.Timestamp;
        last = new Sent(true, message.StreamId, message.Timestamp);

        var header = output.GetSpan(BasicHeader.MaxChunkHeaderSize);
        header[0] = (byte)((isShort ? 0x40 : 0) | message.ChunkStreamId);
        WriteUInt24(header[1..], Math.Min(field, NoTimestamp));
        WriteUInt24(header[4..], (uint)message.Body.Length);
        header[7] = (byte)message.Type;
        var size = 8;
        if (!isShort)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], message.StreamId);
            size = 12;
        }

        output.Advance(size + WriteExtendedTimestamp(header[size..], field));
        return field;
    }

    private static void WriteContinuation(IBufferWriter<byte> output, int chunkStreamId, uint field)
    {
        var header = output.GetSpan(1 + sizeof(uint));
        header[0] = (byte)(0xc0 | chunkStreamId);
        output.Advance(1 + WriteExtendedTimestamp(header[1..], field));
    }

    private static int WriteExtendedTimestamp(Span<byte> target, uint field)
    {
        if (field < NoTimestamp)
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt32BigEndian(target, field);
        return sizeof(uint);
    }

    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            output.Write(bytes);
        }
    }

    private static void WriteUInt24(Span<byte> target, uint value)
    {
        target[0] = (byte)(value >> 16);
        target[1] = (byte)(value >> 8);
        target[2] = (byte)value;
    }

    private readonly record struct Sent(bool IsUsed, uint StreamId, uint Timestamp);
}
