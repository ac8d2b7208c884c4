using System.Buffers;
using CsCheck;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Chunks;

/// <summary>Whatever is sent in whatever pieces is what is read.</summary>
public sealed class ChunkPropertyTests
{
    private static readonly Gen<byte[]> Body = Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte.Array[100, 400]);

    private static readonly Gen<uint> Timestamp = Gen.OneOf(
        Gen.UInt[0, 100], Gen.UInt[0xff_fff0, 0x100_0010], Gen.UInt[0xffff_ff00, uint.MaxValue], Gen.UInt);

    private static readonly Gen<ChunkComposer.Sample> Message = Gen.Select(
            Gen.OneOf(MessageType.Audio, MessageType.Video, MessageType.Data, MessageType.Command), Gen.UInt[0, 2], Timestamp, Body)
        .Select((type, streamId, timestamp, body) => new ChunkComposer.Sample(type, streamId, timestamp, body));

    private static readonly ChunkComposer.Sample Last = new(MessageType.Audio, 1, 0, [1]);

    private static readonly Gen<(int ChunkStreamId, int Format, ChunkComposer.Sample Message)> Sent = Gen.Select(
        Gen.OneOf(Gen.OneOf(2, 3, 63, 64, 319, 320, 65599), Gen.Int[3, 8]), Gen.Int[0, 3], Message);

    [Fact]
    public void Any_messages_survive_any_headers_interleaving_chunk_size_and_splitting() =>
        Gen.Select(Sent.Array[1, 12], Gen.Int[1, 300], Gen.Int[1, 50], Gen.Int[1, 4], Gen.Bool).Sample(
            (messages, chunkSize, pieceSize, parallel, repeats) =>
            {
                var composer = new ChunkComposer { ChunkSize = 128, RepeatsExtendedTimestamps = repeats };
                Announce(composer, chunkSize);
                var whole = Compose(composer, messages, parallel);

                return Same(whole, Read([.. composer.Bytes], pieceSize)) && Same(whole, Read([.. composer.Bytes], 1));
            },
            iter: 2000);

    [Fact]
    public void What_the_writer_cuts_the_reader_puts_together() =>
        Gen.Select(Gen.Select(Gen.Int[2, 8], Message).Array[1, 12], Gen.Int[128, 1000], Gen.Int[1, 50]).Sample(
            (messages, chunkSize, pieceSize) =>
            {
                var output = new ArrayBufferWriter<byte>();
                var writer = new ChunkWriter();
                writer.Write(output, Kinopress.Rtmp.Connections.ControlMessage.SetChunkSize(chunkSize));
                writer.UseChunkSize(chunkSize);
                foreach (var (chunkStreamId, message) in messages)
                {
                    writer.Write(output, new OutgoingMessage(chunkStreamId, message.Type, message.StreamId, message.Timestamp, message.Body));
                }

                return Same([.. messages.Select(sent => sent.Item2)], Read(output.WrittenSpan.ToArray(), pieceSize));
            },
            iter: 1000);

    private static void Announce(ChunkComposer composer, int chunkSize)
    {
        composer.Begin(2, 0, new ChunkComposer.Sample(MessageType.SetChunkSize, 0, 0, [0, 0, (byte)(chunkSize >> 8), (byte)chunkSize]));
        composer.ChunkSize = chunkSize;
    }

    /// <returns>The messages in the order in which they become whole.</returns>
    private static List<ChunkComposer.Sample> Compose(
        ChunkComposer composer, (int ChunkStreamId, int Format, ChunkComposer.Sample Message)[] messages, int parallel)
    {
        List<ChunkComposer.Sample> whole = [];
        List<(ChunkComposer.Open Open, ChunkComposer.Sample Message)> open = [];
        foreach (var (chunkStreamId, format, message) in messages)
        {
            // One chunk stream carries one message at a time; several chunk streams take turns.
            while (open.Count >= parallel || open.Exists(other => other.Open.ChunkStreamId == chunkStreamId))
            {
                Turn();
            }

            open.Add((composer.Begin(chunkStreamId, format, message), message));
            Finish();
        }

        while (open.Count > 0)
        {
            Turn();
        }

        // Where extended timestamps may be missing, a reader has to see four bytes more to know.
        open.Add((composer.Begin(9, 0, Last), Last));
        Finish();
        return whole;

        void Turn()
        {
            var first = open[0];
            open.RemoveAt(0);
            composer.Continue(first.Open);
            open.Add(first);
            Finish();
        }

        void Finish()
        {
            whole.AddRange(open.Where(IsWhole).Select(ended => ended.Message));
            open.RemoveAll(IsWhole);
        }

        static bool IsWhole((ChunkComposer.Open Open, ChunkComposer.Sample Message) sent) => sent.Open.Written == sent.Open.Body.Length;
    }

    private static List<ChunkComposer.Sample> Read(byte[] bytes, int pieceSize)
    {
        using var reader = new ChunkReader(new ChunkLimits(64 * 1024, 256 * 1024));
        List<ChunkComposer.Sample> messages = [];
        var begin = 0;
        for (var end = 0; end < bytes.Length;)
        {
            end = Math.Min(bytes.Length, end + pieceSize);
            var rest = new ReadOnlySequence<byte>(bytes, begin, end - begin);
            while (reader.TryRead(ref rest, out var message))
            {
                messages.Add(new ChunkComposer.Sample(message.Type, message.StreamId, message.Timestamp, message.Body.ToArray()));
                message.Release();
            }

            begin = end - (int)rest.Length;
        }

        return messages;
    }

    private static bool Same(List<ChunkComposer.Sample> expected, List<ChunkComposer.Sample> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => SameMessage(pair.First, pair.Second));

    private static bool SameMessage(ChunkComposer.Sample one, ChunkComposer.Sample other) =>
        one.Type == other.Type && one.StreamId == other.StreamId && one.Timestamp == other.Timestamp && one.Body.AsSpan().SequenceEqual(other.Body);
}
