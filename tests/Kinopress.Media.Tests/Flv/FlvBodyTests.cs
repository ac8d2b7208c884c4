using System.Buffers;
using CsCheck;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Flv;

namespace Kinopress.Media.Tests.Flv;

public sealed class FlvBodyTests
{
    [Theory]
    [InlineData("170000000001640028", FlvBodyKind.Configuration, MediaCodec.Avc, true, 0, 5)]
    [InlineData("1701000021aabb", FlvBodyKind.Frame, MediaCodec.Avc, true, 33, 5)]
    [InlineData("2701ffffdfaabb", FlvBodyKind.Frame, MediaCodec.Avc, false, -33, 5)]
    [InlineData("2701800000aabb", FlvBodyKind.Frame, MediaCodec.Avc, false, -8388608, 5)]
    [InlineData("1702000000", FlvBodyKind.End, MediaCodec.Avc, true, 0, 5)]
    [InlineData("1c0000000001", FlvBodyKind.Configuration, MediaCodec.Hevc, true, 0, 5)]
    [InlineData("2d01000000aa", FlvBodyKind.Frame, MediaCodec.Av1, false, 0, 5)]
    [InlineData("9068766331aa", FlvBodyKind.Configuration, MediaCodec.Hevc, true, 0, 5)]
    [InlineData("a168766331ffffdfaa", FlvBodyKind.Frame, MediaCodec.Hevc, false, -33, 8)]
    [InlineData("a368766331aa", FlvBodyKind.Frame, MediaCodec.Hevc, false, 0, 5)]
    [InlineData("9161766331000021aa", FlvBodyKind.Frame, MediaCodec.Avc, true, 33, 8)]
    [InlineData("9161763031aa", FlvBodyKind.Frame, MediaCodec.Av1, true, 0, 5)]
    [InlineData("9261763031", FlvBodyKind.End, MediaCodec.Av1, true, 0, 5)]
    [InlineData("9461763031aa", FlvBodyKind.Metadata, MediaCodec.Av1, true, 0, 5)]
    [InlineData("960068766331 00aa", FlvBodyKind.Configuration, MediaCodec.Hevc, true, 0, 7)]
    [InlineData("9702 0003e8 01 68766331000021aa", FlvBodyKind.Frame, MediaCodec.Hevc, true, 33, 13)]
    public void A_picture_is_understood(string body, FlvBodyKind kind, MediaCodec codec, bool isKeyframe, int offset, int start)
    {
        var bytes = Hex(body);

        Assert.Equal(new FlvBody(kind, codec, isKeyframe, offset, start, bytes.Length - start), FlvBody.ParseVideo(bytes));
    }

    [Theory]
    [InlineData("af001190", FlvBodyKind.Configuration, MediaCodec.Aac, 2)]
    [InlineData("af01aabb", FlvBodyKind.Frame, MediaCodec.Aac, 2)]
    [InlineData("904f707573 4f", FlvBodyKind.Configuration, MediaCodec.Opus, 5)]
    [InlineData("914f707573 aa", FlvBodyKind.Frame, MediaCodec.Opus, 5)]
    [InlineData("916d703461 aa", FlvBodyKind.Frame, MediaCodec.Aac, 5)]
    [InlineData("95016d703461 00aa", FlvBodyKind.Frame, MediaCodec.Aac, 7)]
    [InlineData("926d703461", FlvBodyKind.End, MediaCodec.Aac, 5)]
    public void Sound_is_understood(string body, FlvBodyKind kind, MediaCodec codec, int start)
    {
        var bytes = Hex(body);

        Assert.Equal(new FlvBody(kind, codec, true, 0, start, bytes.Length - start), FlvBody.ParseAudio(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("57")]
    [InlineData("d161766331")]
    [InlineData("9601 68766331 01aa")]
    [InlineData("9611 68766331 00 000001 aa")]
    public void What_is_not_to_be_played_is_ignored(string body) => Assert.Equal(FlvBodyKind.Ignored, FlvBody.ParseVideo(Hex(body)).Kind);

    [Theory]
    [InlineData("af01")]
    [InlineData("914f707573")]
    [InlineData("944f707573 00")]
    public void Silence_and_layouts_are_ignored(string body) => Assert.Equal(FlvBodyKind.Ignored, FlvBody.ParseAudio(Hex(body)).Kind);

    [Theory]
    [InlineData("12", MediaRefusal.OldFlashVideo)]
    [InlineData("14", MediaRefusal.OldFlashVideo)]
    [InlineData("1f", MediaRefusal.UnknownVideo)]
    [InlineData("1701", MediaRefusal.Malformed)]
    [InlineData("1705000000", MediaRefusal.Malformed)]
    [InlineData("9176703038aa", MediaRefusal.Vp8)]
    [InlineData("9176703039aa", MediaRefusal.Vp9)]
    [InlineData("9176766331aa", MediaRefusal.Vvc)]
    [InlineData("9178787878aa", MediaRefusal.UnknownVideo)]
    [InlineData("91687663", MediaRefusal.Malformed)]
    [InlineData("9168766331ff", MediaRefusal.Malformed)]
    [InlineData("97", MediaRefusal.Malformed)]
    [InlineData("97ff", MediaRefusal.Malformed)]
    [InlineData("97ffffff", MediaRefusal.Malformed)]
    [InlineData("9601 68766331", MediaRefusal.Malformed)]
    public void A_picture_that_cannot_be_used_says_why(string body, MediaRefusal refusal)
    {
        var parsed = FlvBody.ParseVideo(Hex(body));

        Assert.Equal((FlvBodyKind.Refused, refusal), (parsed.Kind, parsed.Refusal));
    }

    [Theory]
    [InlineData("2f", MediaRefusal.Mp3)]
    [InlineData("e0", MediaRefusal.Mp3)]
    [InlineData("b6", MediaRefusal.Speex)]
    [InlineData("7e", MediaRefusal.G711)]
    [InlineData("8e", MediaRefusal.G711)]
    [InlineData("6e", MediaRefusal.Nellymoser)]
    [InlineData("3e", MediaRefusal.Pcm)]
    [InlineData("f0", MediaRefusal.UnknownAudio)]
    [InlineData("af", MediaRefusal.Malformed)]
    [InlineData("af02", MediaRefusal.Malformed)]
    [InlineData("9161632d33aa", MediaRefusal.Ac3)]
    [InlineData("9165632d33aa", MediaRefusal.EnhancedAc3)]
    [InlineData("91664c6143aa", MediaRefusal.Flac)]
    [InlineData("912e6d7033aa", MediaRefusal.Mp3)]
    public void Sound_that_cannot_be_used_says_why(string body, MediaRefusal refusal)
    {
        var parsed = FlvBody.ParseAudio(Hex(body));

        Assert.Equal((FlvBodyKind.Refused, refusal), (parsed.Kind, parsed.Refusal));
    }

    [Fact]
    public void Nothing_a_stranger_sends_throws() => Gen.Byte.Array[0, 40].Sample(
        bytes =>
        {
            var (video, audio) = (FlvBody.ParseVideo(bytes), FlvBody.ParseAudio(bytes));
            _ = video.Payload(bytes);
            _ = audio.Payload(bytes);
            return (video.Kind == FlvBodyKind.Refused) == video.Refusal.HasValue && (audio.Kind == FlvBodyKind.Refused) == audio.Refusal.HasValue;
        },
        iter: 20_000);

    [Fact]
    public void What_is_written_is_read_again() => Gen.Select(
        Gen.Int[0, 2].Select(i => (MediaCodec)i), Gen.Bool, Gen.Int[-8388608, 8388607], Gen.Byte.Array[1, 20]).Sample(
        (codec, isKeyframe, offset, payload) =>
        {
            var output = new ArrayBufferWriter<byte>();
            FlvWriter.VideoFrame(output, codec, isKeyframe, offset, payload);

            var body = FlvBody.ParseVideo(output.WrittenSpan);

            Assert.Equal((FlvBodyKind.Frame, codec, isKeyframe), (body.Kind, body.Codec, body.IsKeyframe));
            Assert.Equal(codec == MediaCodec.Av1 ? 0 : offset, body.CompositionOffset);
            Assert.Equal(payload, body.Payload(output.WrittenMemory).ToArray());
        });

    [Theory]
    [InlineData(MediaCodec.Aac)]
    [InlineData(MediaCodec.Opus)]
    public void Written_sound_is_read_again(MediaCodec codec)
    {
        var output = new ArrayBufferWriter<byte>();
        FlvWriter.AudioFrame(output, codec, [1, 2, 3]);

        var body = FlvBody.ParseAudio(output.WrittenSpan);

        Assert.Equal((FlvBodyKind.Frame, codec), (body.Kind, body.Codec));
        Assert.Equal([1, 2, 3], body.Payload(output.WrittenMemory).ToArray());
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
