using System.Buffers;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Chunks;

public sealed class ChunkWriterTests
{
    [Fact]
    public void The_first_message_has_a_full_header_and_the_next_a_shorter_one() =>
        Assert.Equal(
            "04" + "000064" + "000001" + "09" + "01000000" + "AA" + "44" + "000021" + "000002" + "08" + "ABAC",
            Written(128, Message(100, 0xaa), Message(133, MessageType.Audio, 0xab, 0xac)));

    [Fact]
    public void Time_that_goes_back_needs_a_full_header() =>
        Assert.Equal(
            "04" + "000064" + "000001" + "09" + "01000000" + "AA" + "04" + "000063" + "000001" + "09" + "01000000" + "AA",
            Written(128, Message(100, 0xaa), Message(99, 0xaa)));

    [Fact]
    public void A_long_message_is_cut() =>
        Assert.Equal("04" + "000000" + "000005" + "09" + "01000000" + "0102" + "C4" + "0304" + "C4" + "05", Written(2, Message(0, 1, 2, 3, 4, 5)));

    [Fact]
    public void An_extended_timestamp_is_repeated_in_each_chunk() =>
        Assert.Equal(
            "04" + "FFFFFF" + "000003" + "09" + "01000000" + "01312D00" + "0102" + "C4" + "01312D00" + "03",
            Written(2, Message(20_000_000, 1, 2, 3)));

    [Fact]
    public void A_difference_of_more_than_24_bits_is_extended_too() =>
        Assert.Equal(
            "04" + "000000" + "000001" + "09" + "01000000" + "01" + "44" + "FFFFFF" + "000001" + "09" + "00FFFFFF" + "02",
            Written(2, Message(0, 1), Message(0xff_ffff, 2)));

    private static OutgoingMessage Message(uint timestamp, params byte[] body) => Message(timestamp, MessageType.Video, body);

    private static OutgoingMessage Message(uint timestamp, MessageType type, params byte[] body) => new(4, type, 1, timestamp, body);

    private static string Written(int chunkSize, params OutgoingMessage[] messages)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter();
        writer.UseChunkSize(chunkSize);
        foreach (var message in messages)
        {
            writer.Write(output, message);
        }

        return Convert.ToHexString(output.WrittenSpan);
    }
}
