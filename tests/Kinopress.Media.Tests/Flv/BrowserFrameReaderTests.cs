using System.Buffers.Binary;
using CsCheck;
using Kinopress.Media.Flv;

namespace Kinopress.Media.Tests.Flv;

public sealed class BrowserFrameReaderTests
{
    // OpusHead (RFC 7845 §5.1): version 1, stereo, 312 samples of pre-skip, 48 kHz.
    private static readonly byte[] OpusHead = [.. "OpusHead"u8, 1, 2, 0x38, 0x01, 0x80, 0xBB, 0, 0, 0, 0, 0];

    [Fact]
    public void Sound_becomes_the_body_of_a_tag()
    {
        var reader = new BrowserFrameReader();

        var configuration = reader.Read(Message(3, 0, [.. "Opus"u8, .. OpusHead]));
        var configured = FlvBody.ParseAudio(configuration?.Body.ToArray()).Kind;
        var frame = reader.Read(Message(4, 1_234_567, [1, 2, 3]));

        Assert.Equal(FlvBodyKind.Configuration, configured);
        Assert.Equal((FlvTagType.Audio, 1234L), (frame?.Type, frame?.Timestamp));
        Assert.Equal(FlvBodyKind.Frame, FlvBody.ParseAudio(frame?.Body.ToArray()).Kind);
        Assert.Equal([1, 2, 3], frame?.Body[^3..].ToArray());
    }

    [Fact]
    public void A_frame_before_its_configuration_is_nothing()
    {
        var reader = new BrowserFrameReader();

        Assert.Null(reader.Read(Message(1, 0, [1, 2, 3])));
        Assert.Null(reader.Read(Message(4, 0, [1, 2, 3])));
    }

    [Fact]
    public void A_moment_beyond_any_live_is_nothing() => Assert.Null(new BrowserFrameReader().Read(Message(3, ulong.MaxValue, [.. "Opus"u8, .. OpusHead])));

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown() => Gen.Byte.Array[0, 64].List[1, 8].Sample(messages =>
    {
        var reader = new BrowserFrameReader();
        reader.Read(Message(3, 0, [.. "Opus"u8, .. OpusHead]));
        messages.ForEach(message => reader.Read(message));
    });

    private static byte[] Message(byte kind, ulong microseconds, byte[] payload)
    {
        var message = new byte[9 + payload.Length];
        message[0] = kind;
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(1), microseconds);
        payload.CopyTo(message, 9);
        return message;
    }
}
