using System.Buffers;
using System.Buffers.Binary;

namespace Kinopress.Rtmp.Chunks;

/// <summary>
/// Puts messages together from chunks (RTMP 1.0 §5.3). It never waits: it takes what there is, and each payload byte is copied once. Set Chunk Size
/// and Abort are obeyed here and not handed on.
/// </summary>
internal sealed class ChunkReader(ChunkLimits limits) : IDisposable
{
    private const uint NoTimestamp = 0xff_ffff;

    private readonly Dictionary<int, ChunkStream> streams = [];
    private ChunkLimits limits = limits;
    private ChunkStream? current;
    private int chunkSize = 128;
    private int missingInChunk;
    private int unfinished;

    public void Allow(ChunkLimits wider) => limits = wider;

    /// <summary>Reads chunks until a message is whole.</summary>
    /// <param name="bytes">What has come; cut down to what was not used.</param>
    /// <returns>False when all of <paramref name="bytes"/> was looked at and more is needed.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> bytes, out IncomingMessage message)
    {
        var reader = new SequenceReader<byte>(bytes);
        message = default;
        var isWhole = false;
        while (!isWhole && (current is not null || TryReadHeader(ref reader)))
        {
            if (!TryFillChunk(ref reader, out var stream))
            {
                break;
            }

            if (stream.Missing > 0)
            {
                continue;
            }

            message = Complete(stream);
            isWhole = !IsObeyed(message);
        }

        bytes = bytes.Slice(reader.Position);
        return isWhole;
    }

    public void Dispose()
    {
        foreach (var stream in streams.Values)
        {
            stream.Drop();
        }

        current = null;
    }

    private bool TryReadHeader(ref SequenceReader<byte> reader)
    {
        Span<byte> peeked = stackalloc byte[BasicHeader.MaxChunkHeaderSize];
        peeked = peeked[..(int)Math.Min(peeked.Length, reader.Remaining)];
        reader.TryCopyTo(peeked);
        if (!BasicHeader.TryRead(peeked, out var basic) || peeked.Length < basic.Size + basic.MessageHeaderSize)
        {
            return false;
        }

        var stream = Find(basic);
        var header = peeked.Slice(basic.Size, basic.MessageHeaderSize);
        var rest = peeked[(basic.Size + basic.MessageHeaderSize)..];
        var read = basic.Format == 3 ? ReadRepeated(stream, rest) : ReadFull(stream, basic.Format, header, rest);
        if (read is not { } extended)
        {
            return false;
        }

        reader.Advance(basic.Size + basic.MessageHeaderSize + extended);
        Enter(stream);
        return true;
    }

    /// <returns>Bytes of extended timestamp; null when more are needed.</returns>
    private static int? ReadFull(ChunkStream stream, int format, ReadOnlySpan<byte> header, ReadOnlySpan<byte> rest)
    {
        var field = (uint)((header[0] << 16) | (header[1] << 8) | header[2]);
        if (field != NoTimestamp)
        {
            stream.Apply(format, header, field, isExtended: false);
            return 0;
        }

        if (rest.Length < sizeof(uint))
        {
            return null;
        }

        stream.Apply(format, header, BinaryPrimitives.ReadUInt32BigEndian(rest), isExtended: true);
        return sizeof(uint);
    }

    private static int? ReadRepeated(ChunkStream stream, ReadOnlySpan<byte> rest)
    {
        uint? extended = null;
        if (stream.HasExtendedTimestamp)
        {
            if (rest.Length < sizeof(uint))
            {
                return null;
            }

            extended = BinaryPrimitives.ReadUInt32BigEndian(rest);
        }

        if (stream.IsPartial)
        {
            return extended is { } value && stream.IsExtendedTimestampRepeated(value) ? sizeof(uint) : 0;
        }

        stream.Repeat(extended);
        return extended is null ? 0 : sizeof(uint);
    }

    private ChunkStream Find(BasicHeader basic)
    {
        if (!streams.TryGetValue(basic.ChunkStreamId, out var stream))
        {
            if (streams.Count == ChunkLimits.ChunkStreams)
            {
                throw new RtmpProtocolException(RtmpFault.TooManyChunkStreams, $"More than {ChunkLimits.ChunkStreams} chunk streams");
            }

            streams.Add(basic.ChunkStreamId, stream = new ChunkStream());
        }

        // Format 1 may come first: some clients send their first ping so.
        if (basic.Format >= 2 && !stream.HasHeader)
        {
            throw new RtmpProtocolException(RtmpFault.MalformedChunk, $"Chunk stream {basic.ChunkStreamId} continues what it never began");
        }

        if (basic.Format < 3 && stream.IsPartial)
        {
            throw new RtmpProtocolException(RtmpFault.MalformedChunk, $"A message begins inside another on chunk stream {basic.ChunkStreamId}");
        }

        return stream;
    }

    private void Enter(ChunkStream stream)
    {
        if (!stream.IsPartial)
        {
            if (stream.Length > limits.MessageSize)
            {
                throw new RtmpProtocolException(RtmpFault.MessageTooLarge, $"A message of {stream.Length} bytes, where {limits.MessageSize} are allowed");
            }

            if (unfinished + stream.Length > limits.UnfinishedSize)
            {
                throw new RtmpProtocolException(RtmpFault.TooMuchUnfinished, $"Unfinished messages of more than {limits.UnfinishedSize} bytes");
            }

            unfinished += stream.Length;
            stream.Begin();
        }

        current = stream;
        missingInChunk = Math.Min(stream.Missing, chunkSize);
    }

    private bool TryFillChunk(ref SequenceReader<byte> reader, out ChunkStream stream)
    {
        stream = current!; // called only inside a chunk
        var count = (int)Math.Min(missingInChunk, reader.Remaining);
        reader.TryCopyTo(stream.Next(count));
        reader.Advance(count);
        missingInChunk -= count;
        if (missingInChunk > 0)
        {
            return false;
        }

        current = null;
        return true;
    }

    private IncomingMessage Complete(ChunkStream stream)
    {
        unfinished -= stream.Length;
        return stream.Complete();
    }

    private bool IsObeyed(IncomingMessage message)
    {
        if (message.Type is not (MessageType.SetChunkSize or MessageType.Abort))
        {
            return false;
        }

        var value = message.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(message.Body) : (uint?)null;
        message.Release();
        switch (message.Type)
        {
            case MessageType.SetChunkSize when value is >= 1 and <= ChunkLimits.LargestMessage:
                chunkSize = (int)value.Value;
                break;
            case MessageType.SetChunkSize:
                throw new RtmpProtocolException(RtmpFault.InvalidChunkSize, $"A chunk size of {value}");
            case MessageType.Abort when value is <= int.MaxValue && streams.TryGetValue((int)value.Value, out var aborted) && aborted.IsPartial:
                unfinished -= aborted.Length;
                aborted.Drop();
                break;
        }

        return true;
    }
}
