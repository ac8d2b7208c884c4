using System.Buffers;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Chunks;

public sealed class ChunkReaderTests : IDisposable
{
    private readonly ChunkReader reader = new(new ChunkLimits(1000, 2000));

    public void Dispose() => reader.Dispose();

    [Fact]
    public void A_repeated_header_moves_time_by_the_same_step()
    {
        var messages = Read("04 000064 000001 09 01000000 aa   44 000021 000001 09 ab   c4 ac   c4 ad");

        Assert.Equal([100u, 133u, 166u, 199u], messages.Select(message => message.Timestamp));
    }

    [Fact]
    public void After_a_full_header_the_step_is_its_timestamp() =>
        Assert.Equal([20u, 40u, 60u], Read("04 000014 000001 09 01000000 aa   c4 ab   c4 ac").Select(message => message.Timestamp));

    [Fact]
    public void An_implausible_step_after_a_full_header_is_none() =>
        Assert.Equal([10_001u, 10_001u], Read("04 002711 000001 09 01000000 aa   c4 ab").Select(message => message.Timestamp));

    [Fact]
    public void A_repeated_full_header_may_bring_an_absolute_extended_timestamp() =>
        Assert.Equal(
            [0x0100_0000u, 0x0100_0021u, 0x0100_0021u],
            Read("04 ffffff 000001 09 01000000 01000000 aa   c4 01000021 ab   c4 01000021 ac").Select(message => message.Timestamp));

    [Fact]
    public void A_difference_may_be_extended() =>
        Assert.Equal(
            [0u, 20_000_000u, 40_000_000u],
            Read("04 000000 000001 09 01000000 aa   44 ffffff 000001 09 01312d00 ab   c4 01312d00 ac").Select(message => message.Timestamp));

    [Fact]
    public void A_type_may_change_between_messages_of_one_chunk_stream()
    {
        var messages = Read("04 000000 000001 08 01000000 aa   44 000005 000002 09 abac   44 000005 000001 08 ad");

        Assert.Equal([MessageType.Audio, MessageType.Video, MessageType.Audio], messages.Select(message => message.Type));
        Assert.All(messages, message => Assert.Equal(1u, message.StreamId));
    }

    [Fact]
    public void A_chunk_stream_may_begin_with_a_difference() =>
        Assert.Equal(7u, Assert.Single(Read("42 000007 000001 08 aa")).Timestamp);

    [Fact]
    public void The_message_stream_is_little_endian() =>
        Assert.Equal(0x0403_0201u, Assert.Single(Read("04 000000 000001 08 01020304 aa")).StreamId);

    [Fact]
    public void An_empty_message_is_a_message() => Assert.Equal(0, Assert.Single(Read("04 000000 000000 08 01000000")).Length);

    [Fact]
    public void An_aborted_message_is_forgotten()
    {
        // Two bytes of three on chunk stream 4 with a chunk size of 2, then the abort, then another message.
        var messages = Read("02 000000 000004 01 00000000 00000002   04 000000 000003 09 01000000 aaab   02 000000 000004 02 00000000 0000   c2 0004   04 000000 000001 09 01000000 ad");

        Assert.Equal("AD", Convert.ToHexString(Assert.Single(messages).Body));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("01000000")] // one more than a message can have
    [InlineData("7fffffff")]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    public void An_impossible_chunk_size_is_refused(string size) =>
        AssertRefused(RtmpFault.InvalidChunkSize, $"02 000000 000004 01 00000000 {size}");

    [Fact]
    public void A_chunk_size_without_a_size_is_refused() => AssertRefused(RtmpFault.InvalidChunkSize, "02 000000 000002 01 00000000 0080");

    [Theory]
    [InlineData("84 000000")]
    [InlineData("c4")]
    public void Nothing_can_be_continued_that_never_began(string bytes) => AssertRefused(RtmpFault.MalformedChunk, bytes);

    [Fact]
    public void No_message_begins_inside_another() =>
        AssertRefused(
            RtmpFault.MalformedChunk,
            "02 000000 000004 01 00000000 00000002   04 000000 000003 09 01000000 aaab   04 000000 000001 09 01000000 ac");

    [Fact]
    public void A_message_beyond_the_limit_is_refused_before_it_comes() => AssertRefused(RtmpFault.MessageTooLarge, "04 000000 0003e9 09 01000000");

    [Fact]
    public void Unfinished_messages_together_stay_within_a_limit() =>
        AssertRefused(
            RtmpFault.TooMuchUnfinished,
            "02 000000 000004 01 00000000 00000001   04 000000 0003e8 09 01000000 aa   05 000000 0003e8 09 01000000 aa   06 000000 000002 09 01000000 aa");

    [Fact]
    public void Finished_and_aborted_messages_do_not_count_as_unfinished()
    {
        var chunk = string.Concat(Enumerable.Repeat("aa", 128));
        var abort = "02 000000 000004 02 00000000 00000004";

        Assert.Empty(Read(string.Concat(Enumerable.Repeat($"04 000000 0003e8 09 01000000 {chunk} {abort}", 10))));
    }

    [Fact]
    public void There_are_at_most_64_chunk_streams()
    {
        var streams = Enumerable.Range(0, 64).Select(id => $"00{id:x2} 000000 000000 09 01000000").ToList();

        Assert.Equal(64, Read(string.Concat(streams)).Count);
        AssertRefused(RtmpFault.TooManyChunkStreams, "0040 000000 000000 09 01000000");
    }

    private void AssertRefused(RtmpFault fault, string hex) => Assert.Equal(fault, Assert.Throws<RtmpProtocolException>(() => Read(hex)).Fault);

    private List<IncomingMessage> Read(string hex)
    {
        var rest = new ReadOnlySequence<byte>(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        List<IncomingMessage> messages = [];
        while (reader.TryRead(ref rest, out var message))
        {
            messages.Add(message);
        }

        Assert.Equal(0, rest.Length);
        return messages;
    }
}
