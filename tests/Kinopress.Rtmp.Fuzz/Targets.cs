using System.Buffers;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Fuzz;

/// <summary>What may be fed with any bytes. Each returns quietly or throws what is a bug: everything that is not this room's way to refuse.</summary>
public static class Targets
{
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["session"] = Session,
        ["publisher"] = Publisher,
        ["chunks"] = Chunks,
        ["amf"] = Amf,
    };

    /// <summary>A publisher: handshake, commands, media.</summary>
    public static void Session(byte[] bytes) => RunSessionAsync(bytes).AsTask().GetAwaiter().GetResult();

    /// <summary>A server that is published to.</summary>
    public static void Publisher(byte[] bytes) => RunPublisherAsync(bytes).AsTask().GetAwaiter().GetResult();

    /// <summary>Chunks alone. What is one stream of bytes must be the same messages however it is cut.</summary>
    public static void Chunks(byte[] bytes)
    {
        var whole = ReadChunks(bytes, int.MaxValue);
        var pieces = ReadChunks(bytes, 7);
        if (!whole.SequenceEqual(pieces))
        {
            throw new InvalidOperationException("The same bytes were read as different messages.");
        }
    }

    /// <summary>AMF alone. What was read must be written and read again as the same.</summary>
    public static void Amf(byte[] bytes)
    {
        if (bytes.Length > 16 * 1024)
        {
            return; // What replaces broken UTF-8 is longer, and could not be written any more.
        }

        try
        {
            var values = AmfReader.ReadAll(bytes);
            if (!AmfReader.ReadAll(AmfWriter.Encode([.. values])).SequenceEqual(values))
            {
                throw new InvalidOperationException("Values changed by being written.");
            }
        }
        catch (RtmpProtocolException)
        {
            // Refused.
        }
    }

    private static async ValueTask RunSessionAsync(byte[] bytes)
    {
        var session = new RtmpServerSession(new MemoryTransport(bytes, 1500), new RtmpServerOptions(), TimeProvider.System);
        try
        {
            if (await session.AcceptAsync(CancellationToken.None) is not { } request)
            {
                return;
            }

            _ = request.StreamKey;
            await session.GrantAsync(CancellationToken.None);
            while (await session.ReadAsync(CancellationToken.None) is { } message)
            {
                using (message)
                {
                    _ = RtmpDataMessage.TryParse(message.Body.Span, out _);
                }
            }

            await session.EndAsync(RtmpEnding.ByPublisher, CancellationToken.None);
        }
        catch (RtmpProtocolException)
        {
            // Refused.
        }
        finally
        {
            await session.DisposeAsync();
        }
    }

    private static async ValueTask RunPublisherAsync(byte[] bytes)
    {
        var target = new RtmpTarget("localhost", 1935, false, "live", "key") { Account = new RtmpAccount("name", "password") };
        try
        {
            await using var publisher = await RtmpPublisher.ConnectAsync(
                new MemoryTransport(bytes, 1500), target, new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None);
            await publisher.Completion;
        }
        catch (Exception exception) when (exception is RtmpProtocolException or RtmpRefusedException or IOException)
        {
            // Refused.
        }
    }

    private static List<(MessageType Type, uint StreamId, uint Timestamp, string Body)> ReadChunks(byte[] bytes, int pieceSize)
    {
        List<(MessageType, uint, uint, string)> messages = [];
        using var reader = new ChunkReader(new ChunkLimits(64 * 1024, 256 * 1024));
        try
        {
            var begin = 0;
            for (var end = 0; end < bytes.Length;)
            {
                end = (int)Math.Min(bytes.Length, (long)end + pieceSize);
                var rest = new ReadOnlySequence<byte>(bytes, begin, end - begin);
                while (reader.TryRead(ref rest, out var message))
                {
                    messages.Add((message.Type, message.StreamId, message.Timestamp, Convert.ToHexString(message.Body)));
                    message.Release();
                }

                begin = end - (int)rest.Length;
            }
        }
        catch (RtmpProtocolException)
        {
            // Refused, after the messages before.
        }

        return messages;
    }
}
