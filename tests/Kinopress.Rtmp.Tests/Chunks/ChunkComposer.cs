using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Chunks;

/// <summary>
/// Writes chunks in every way the specification allows, independently of the product's writer: any form of chunk stream id, the shortest or
/// longest header, any interleaving.
/// </summary>
internal sealed class ChunkComposer
{
    private const uint NoTimestamp = 0xff_ffff;

    private readonly Dictionary<int, Last> lasts = [];

    public List<byte> Bytes { get; } = [];

    public int ChunkSize { get; set; } = 128;

    /// <summary>Some encoders leave the extended timestamp out of continuations.</summary>
    public bool RepeatsExtendedTimestamps { get; init; } = true;

    /// <summary>The first chunk of a message. Asked for a shorter header than may be used, it takes the next longer one.</summary>
    public Open Begin(int chunkStreamId, int format, Sample message)
    {
        var last = lasts.GetValueOrDefault(chunkStreamId);
        var actual = ShortestFormat(last, message);
        actual = Math.Min(actual, format);
        var field = actual == 0 ? message.Timestamp : message.Timestamp - last!.Timestamp; // shorter headers follow one
        if (actual == 3)
        {
            field = last!.Field; // as above
        }

        Basic(actual, chunkStreamId);
        if (actual < 3)
        {
            UInt24(Math.Min(field, NoTimestamp));
        }

        if (actual < 2)
        {
            UInt24((uint)message.Body.Length);
            Bytes.Add((byte)message.Type);
        }

        if (actual == 0)
        {
            Bytes.AddRange(BitConverter.GetBytes(message.StreamId));
        }

        Extended(field);
        lasts[chunkStreamId] = new Last(message, message.Timestamp, field, actual == 0 || (actual == 3 && last!.IsAbsolute)); // as above
        var open = new Open(chunkStreamId, message.Body, field);
        Payload(open);
        return open;
    }

    /// <returns>False when the message is whole.</returns>
    public bool Continue(Open open)
    {
        if (open.Written == open.Body.Length)
        {
            return false;
        }

        Basic(3, open.ChunkStreamId);
        if (RepeatsExtendedTimestamps)
        {
            Extended(open.Field);
        }

        Payload(open);
        return true;
    }

    private static int ShortestFormat(Last? last, Sample message)
    {
        if (last is null || last.Message.StreamId != message.StreamId || message.Timestamp < last.Timestamp)
        {
            return 0;
        }

        if (last.Message.Type != message.Type || last.Message.Body.Length != message.Body.Length)
        {
            return 1;
        }

        // After a full header the step would be its timestamp, which readers disagree about.
        return last.IsAbsolute || message.Timestamp - last.Timestamp != last.Field ? 2 : 3;
    }

    private void Payload(Open open)
    {
        var size = Math.Min(ChunkSize, open.Body.Length - open.Written);
        Bytes.AddRange(open.Body.AsSpan(open.Written, size));
        open.Written += size;
    }

    private void Basic(int format, int chunkStreamId)
    {
        var first = format << 6;
        if (chunkStreamId < 64)
        {
            Bytes.Add((byte)(first | chunkStreamId));
            return;
        }

        var rest = chunkStreamId - 64;
        if (rest < 256)
        {
            Bytes.AddRange([(byte)first, (byte)rest]);
            return;
        }

        Bytes.AddRange([(byte)(first | 1), (byte)rest, (byte)(rest >> 8)]);
    }

    private void Extended(uint field)
    {
        if (field >= NoTimestamp)
        {
            Bytes.AddRange([(byte)(field >> 24), (byte)(field >> 16), (byte)(field >> 8), (byte)field]);
        }
    }

    private void UInt24(uint value) => Bytes.AddRange([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    internal sealed record Sample(MessageType Type, uint StreamId, uint Timestamp, byte[] Body);

    internal sealed class Open(int chunkStreamId, byte[] body, uint timestampField)
    {
        public int ChunkStreamId => chunkStreamId;

        public byte[] Body => body;

        public uint Field => timestampField;

        public int Written { get; set; }
    }

    private sealed record Last(Sample Message, uint Timestamp, uint Field, bool IsAbsolute);
}
