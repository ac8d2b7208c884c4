using System.Buffers.Binary;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>What becomes of audio, video and data.</summary>
public sealed class MediaTests
{
    [Fact]
    public async Task Messages_come_in_order_with_their_bytes()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Video(0, 1, 2).Audio(5, 3).Video(33).Bytes);

        Assert.Equal(
            [new Kept(RtmpMessageKind.Video, 0, "0102"), new Kept(RtmpMessageKind.Audio, 5, "03"), new Kept(RtmpMessageKind.Video, 33, "")], replay.Messages);
        Assert.False(replay.IsEndedByPublisher);
    }

    [Fact]
    public async Task The_announcement_of_metadata_is_cut_off()
    {
        var metadata = RtmpDataMessage.Encode(RtmpDataMessage.Metadata, new AmfEcmaArray([]));
        var announced = AmfWriter.Encode(new AmfString("@setDataFrame"));

        var replay = await Replay.OfAsync(Script.Publishing()
            .Message(MessageType.Data, 0, [.. announced, .. metadata])
            .Message(MessageType.DataAmf3, 0, [0, .. announced, .. metadata])
            .Message(MessageType.Data, 0, metadata).Bytes);

        Assert.Equal(3, replay.Messages.Count);
        Assert.All(replay.Messages, message => Assert.Equal(Convert.ToHexString(metadata), message.Body));
    }

    [Fact]
    public async Task Odd_metadata_does_not_end_the_stream()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Message(MessageType.Data, 0, 0x03, 0x00).Video(1, 1).Bytes);

        Assert.Equal(2, replay.Messages.Count);
        Assert.False(RtmpDataMessage.TryParse(Convert.FromHexString(replay.Messages[0].Body), out _));
    }

    [Fact]
    public async Task Time_goes_on_when_its_32_bits_are_used_up()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Video(uint.MaxValue - 10, 1).Audio(uint.MaxValue, 1).Video(22, 1).Audio(33, 1).Bytes);

        Assert.Equal([0xffff_fff5, 0xffff_ffff, 0x1_0000_0016, 0x1_0000_0021], replay.Messages.Select(message => message.Timestamp));
    }

    [Fact]
    public async Task Time_that_jumps_back_or_stands_still_is_told_as_it_was()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Video(60_000, 1).Video(60_000, 1).Video(1_000, 1).Video(1_033, 1).Bytes);

        Assert.Equal([60_000, 60_000, 1_000, 1_033], replay.Messages.Select(message => message.Timestamp));
    }

    [Fact]
    public async Task Time_before_the_beginning_is_negative()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Video(0, 1).Video(uint.MaxValue, 1).Video(10, 1).Bytes);

        Assert.Equal([0, -1, 10], replay.Messages.Select(message => message.Timestamp));
    }

    [Fact]
    public async Task Media_on_the_chunk_stream_of_control_is_media()
    {
        var script = Script.Publishing().Add(new OutgoingMessage(2, MessageType.Video, 0, 7, new byte[] { 1 }));

        Assert.Equal([new Kept(RtmpMessageKind.Video, 7, "01")], (await Replay.OfAsync(script.Bytes)).Messages);
    }

    [Fact]
    public async Task An_aggregate_is_taken_apart()
    {
        byte[] aggregate = [.. Tag(MessageType.Audio, 1000, 1), .. Tag(MessageType.Video, 1033, 2, 3), .. Tag((MessageType)99, 1040, 4), .. Tag(MessageType.Audio, 1046, 5)];

        var replay = await Replay.OfAsync(Script.Publishing().Message(MessageType.Aggregate, 70, aggregate).Video(200, 6).Bytes);

        Assert.Equal(
            [
                new Kept(RtmpMessageKind.Audio, 70, "01"), new Kept(RtmpMessageKind.Video, 103, "0203"), new Kept(RtmpMessageKind.Audio, 116, "05"),
                new Kept(RtmpMessageKind.Video, 200, "06"),
            ],
            replay.Messages);
    }

    [Fact]
    public async Task An_aggregate_that_is_cut_off_is_refused()
    {
        var script = Script.Publishing().Message(MessageType.Aggregate, 0, Tag(MessageType.Audio, 0, 1, 2, 3)[..12]);

        Assert.Equal(RtmpFault.MalformedMessage, (await Assert.ThrowsAsync<RtmpProtocolException>(() => Replay.OfAsync(script.Bytes))).Fault);
    }

    [Fact]
    public async Task Shared_objects_and_unknown_messages_are_ignored()
    {
        var script = Script.Publishing().Message((MessageType)19, 0, 1).Message((MessageType)16, 0, 1).Message((MessageType)200, 0, 1).Video(1, 1);

        Assert.Single((await Replay.OfAsync(script.Bytes)).Messages);
    }

    [Theory]
    [InlineData("FCUnpublish")]
    [InlineData("deleteStream")]
    [InlineData("closeStream")]
    public async Task A_publisher_that_says_so_has_ended(string command)
    {
        var replay = await Replay.OfAsync(Script.Publishing().Video(0, 1).Command(command, 6).Video(1, 1).Bytes);

        Assert.Single(replay.Messages);
        Assert.True(replay.IsEndedByPublisher);
    }

    private static byte[] Tag(MessageType type, uint timestamp, params byte[] body)
    {
        var tag = new byte[11 + body.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(tag, body.Length);
        tag[0] = (byte)type;
        BinaryPrimitives.WriteUInt32BigEndian(tag.AsSpan(4), timestamp << 8);
        tag[7] = (byte)(timestamp >> 24);
        body.CopyTo(tag, 11);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(11 + body.Length), 11 + body.Length);
        return tag;
    }
}
