using System.Security.Cryptography;
using System.Text;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>What strangers send. Each is refused, and says why.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", RtmpFault.HttpOnRtmpPort)]
    [InlineData("POST /live HTTP/1.1\r\n\r\n", RtmpFault.HttpOnRtmpPort)]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0", RtmpFault.TlsOnPlainPort)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", RtmpFault.NotRtmp)]
    [InlineData("\0\0\0\0", RtmpFault.NotRtmp)]
    [InlineData("\u0006abc", RtmpFault.EncryptedRtmp)]
    public Task Other_protocols_are_told_apart_by_their_first_byte(string text, RtmpFault fault) => AssertRefusedAsync(fault, Encoding.Latin1.GetBytes(text));

    [Fact]
    public async Task Noise_behind_a_handshake_is_refused()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var noise = SHA512.HashData(BitConverter.GetBytes(seed));
            noise[0] |= 0x80; // formats 2 and 3 have nothing to refer to

            await AssertRefusedAsync(RtmpFault.MalformedChunk, new Script().Handshake().Raw(noise).Bytes);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7fff_ffffu)]
    [InlineData(0x8000_0000u)]
    public Task An_impossible_chunk_size_is_refused(uint size) =>
        AssertRefusedAsync(RtmpFault.InvalidChunkSize, Script.Publishing().Control(MessageType.SetChunkSize, size).Bytes);

    [Theory]
    [InlineData("03 0001 61")]
    [InlineData("0a 00000001")]
    [InlineData("08 00000001 0001 61")]
    [InlineData("10 0000 0001 61")]
    public Task A_command_nested_without_end_is_refused(string level)
    {
        var levels = Enumerable.Repeat(Convert.FromHexString(level.Replace(" ", "", StringComparison.Ordinal)), 4000).SelectMany(bytes => bytes);

        return AssertRefusedAsync(RtmpFault.MalformedAmf, new Script().Handshake().Message(MessageType.Command, 0, [.. levels]).Bytes);
    }

    [Theory]
    [InlineData("05")]
    [InlineData("00 0000000000000000")]
    [InlineData("")]
    public Task A_command_without_a_name_is_refused(string body) =>
        AssertRefusedAsync(
            RtmpFault.MalformedMessage,
            new Script().Handshake().Message(MessageType.Command, 0, Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal))).Bytes);

    [Fact]
    public Task A_stranger_may_not_announce_more_than_commands_need() =>
        AssertRefusedAsync(RtmpFault.MessageTooLarge, new Script().Handshake().Raw(Header(4, 64 * 1024 + 1)).Bytes);

    [Fact]
    public Task A_stranger_may_not_leave_much_unfinished()
    {
        var script = new Script().Handshake();
        for (var id = 3; id < 9; id++)
        {
            script.Raw(Header(id, 60_000)).Raw(new byte[128]);
        }

        return AssertRefusedAsync(RtmpFault.TooMuchUnfinished, script.Bytes);
    }

    [Fact]
    public async Task A_publisher_may_send_up_to_the_limit_and_not_more()
    {
        var options = new RtmpServerOptions { MaxMessageSizeInBytes = 100_000 };

        Assert.Single((await Replay.OfAsync(Script.Publishing().Video(0, new byte[100_000]).Bytes, options: options)).Messages);
        var exception = await Assert.ThrowsAsync<RtmpProtocolException>(() => Replay.OfAsync(Script.Publishing().Video(0, new byte[100_001]).Bytes, options: options));
        Assert.Equal(RtmpFault.MessageTooLarge, exception.Fault);
    }

    [Fact]
    public async Task A_publisher_may_send_the_largest_message_there_is()
    {
        var replay = await Replay.OfAsync(Script.Publishing().Control(MessageType.SetChunkSize, 0xff_ffff).Raw(Header(20, 0xff_ffff)).Raw(new byte[0xff_ffff]).Bytes, pieceSize: 100_000);

        Assert.Equal(2 * 0xff_ffff, Assert.Single(replay.Messages).Body.Length);
    }

    [Fact]
    public Task A_publisher_may_not_leave_several_large_messages_unfinished() =>
        AssertRefusedAsync(
            RtmpFault.TooMuchUnfinished,
            Script.Publishing().Raw(Header(20, 0xff_ffff)).Raw(new byte[128]).Raw(Header(21, 0xff_ffff)).Bytes);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(3073)]
    public async Task A_peer_that_leaves_is_no_error(int length) => Assert.Null((await Replay.OfAsync(new Script().Handshake().Bytes[..length])).Request);

    /// <summary>A full header of a video message.</summary>
    private static byte[] Header(int chunkStreamId, int length)
    {
        var header = new byte[12];
        header[0] = (byte)chunkStreamId;
        header[4] = (byte)(length >> 16);
        header[5] = (byte)(length >> 8);
        header[6] = (byte)length;
        header[7] = (byte)MessageType.Video;
        return header;
    }

    private static async Task AssertRefusedAsync(RtmpFault fault, byte[] said)
    {
        Assert.Equal(fault, (await Assert.ThrowsAsync<RtmpProtocolException>(() => Replay.OfAsync(said))).Fault);
        Assert.Equal(fault, (await Assert.ThrowsAsync<RtmpProtocolException>(() => Replay.OfAsync(said, pieceSize: 3))).Fault);
    }
}
