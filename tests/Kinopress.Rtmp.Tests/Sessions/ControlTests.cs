using System.Buffers.Binary;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>Acknowledgements, pings and windows.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Received_bytes_are_acknowledged_twice_a_window()
    {
        var script = Script.Publishing().Control(MessageType.WindowAcknowledgementSize, 20_000);
        for (uint i = 0; i < 100; i++)
        {
            script.Video(i, new byte[1000]);
        }

        var replay = await Replay.OfAsync(script.Bytes, pieceSize: 500);

        var acknowledged = Heard.Messages(replay.Heard)
            .Where(message => message.Type == MessageType.Acknowledgement).Select(message => BinaryPrimitives.ReadUInt32BigEndian(message.Body)).ToList();
        Assert.Equal(10, acknowledged.Count);
        Assert.All(acknowledged.Zip(acknowledged.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 10_000u, 11_500u));
    }

    [Fact]
    public async Task A_window_of_nothing_is_not_answered_with_a_flood()
    {
        var script = Script.Publishing().Control(MessageType.WindowAcknowledgementSize, 0);
        for (uint i = 0; i < 100; i++)
        {
            script.Video(i, new byte[100]);
        }

        var heard = (await Replay.OfAsync(script.Bytes, pieceSize: 10)).Heard;

        Assert.InRange(Heard.Messages(heard).Count(message => message.Type == MessageType.Acknowledgement), 1, 4);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_own_time()
    {
        var ping = new OutgoingMessage(2, MessageType.UserControl, 0, 0, new byte[] { 0, 6, 1, 2, 3, 4 });

        var heard = (await Replay.OfAsync(Script.Publishing().Add(ping).Bytes)).Heard;

        Assert.Equal([0, 7, 1, 2, 3, 4], Heard.Messages(heard)[^1].Body.ToArray());
    }

    [Fact]
    public async Task A_new_bandwidth_is_answered_once_with_a_window()
    {
        var script = Script.Publishing().Control(MessageType.SetPeerBandwidth, 5_000_000).Control(MessageType.SetPeerBandwidth, 5_000_000);

        var heard = (await Replay.OfAsync(script.Bytes)).Heard;

        Assert.Equal(
            [2_500_000u, 5_000_000u],
            Heard.Messages(heard).Where(message => message.Type == MessageType.WindowAcknowledgementSize)
                .Select(message => BinaryPrimitives.ReadUInt32BigEndian(message.Body)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Control_messages_that_are_too_short_are_ignored(byte type)
    {
        var script = Script.Publishing().Add(new OutgoingMessage(2, (MessageType)type, 0, 0, new byte[] { 0 })).Video(0, 1);

        Assert.Single((await Replay.OfAsync(script.Bytes)).Messages);
    }
}
