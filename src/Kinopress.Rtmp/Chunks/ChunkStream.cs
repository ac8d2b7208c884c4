using System.Buffers;
using System.Buffers.Binary;

namespace Kinopress.Rtmp.Chunks;

/// <summary>What later chunks of one chunk stream leave out of their headers, and the message being put together.</summary>
internal sealed class ChunkStream
{
    private const uint LongestPlausibleStep = 10_000;

    private byte[]? buffer;
    private uint timestamp;
    private uint timestampField;
    private bool isFieldAbsolute;
    private MessageType type;
    private uint messageStreamId;

    /// <summary>Of the current message, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the current message that have come.</summary>
    public int Filled { get; private set; }

    /// <summary>A header has been seen, so that later ones may refer to it.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>The last header had an extended timestamp (§5.3.1.3).</summary>
    public bool HasExtendedTimestamp { get; private set; }

    /// <summary>Between the first and the last chunk of a message.</summary>
    public bool IsPartial => buffer is not null;

    public int Missing => Length - Filled;

    /// <summary>Takes over a header of format 0, 1 or 2.</summary>
    /// <param name="field">The timestamp, absolute or as a difference, extended or not.</param>
    public void Apply(int format, ReadOnlySpan<byte> header, uint field, bool isExtended)
    {
        isFieldAbsolute = format == 0;
        timestampField = field;
        timestamp = isFieldAbsolute ? field : timestamp + field;
        HasExtendedTimestamp = isExtended;
        HasHeader = true;
        if (format < 2)
        {
            Length = (header[3] << 16) | (header[4] << 8) | header[5];
            type = (MessageType)header[6];
        }

        if (format == 0)
        {
            messageStreamId = BinaryPrimitives.ReadUInt32LittleEndian(header[7..]);
        }
    }

    /// <summary>
    /// A chunk of format 3 begins a message like the last one, a step later (§5.3.1.2.4). After a header of format 0 the step is that
    /// header's timestamp, which is only plausible near the start of a stream: others mean "at the same time".
    /// </summary>
    /// <param name="extended">The extended timestamp, if there was one.</param>
    public void Repeat(uint? extended)
    {
        if (!isFieldAbsolute)
        {
            timestamp += extended ?? timestampField;
            return;
        }

        if (extended is { } absolute)
        {
            timestamp = absolute - timestamp <= LongestPlausibleStep ? absolute : timestamp;
            return;
        }

        timestamp += timestampField <= LongestPlausibleStep ? timestampField : 0;
    }

    /// <summary>
    /// Whether four bytes that follow a header of format 3 inside a message repeat the extended timestamp, as they should; some encoders
    /// leave it out, and then they are payload.
    /// </summary>
    public bool IsExtendedTimestampRepeated(uint bytes) => bytes == timestampField || bytes == timestamp || bytes == (timestamp & 0x7fff_ffff);

    public void Begin()
    {
        buffer = ArrayPool<byte>.Shared.Rent(Length);
        Filled = 0;
    }

    public Span<byte> Next(int count)
    {
        var next = buffer.AsSpan(Filled, count);
        Filled += count;
        return next;
    }

    public IncomingMessage Complete()
    {
        var message = new IncomingMessage(type, messageStreamId, timestamp, buffer ?? [], Length);
        buffer = null;
        Filled = 0;
        return message;
    }

    public void Drop()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = null;
        Filled = 0;
    }
}
