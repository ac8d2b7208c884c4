using CsCheck;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Flv;
using Kinopress.Media.Tests.Bitstreams;

namespace Kinopress.Media.Tests.Flv;

public sealed class FlvUnpackerTests
{
    private readonly FlvUnpacker unpacker = new();

    [Fact]
    public void Configurations_make_tracks_and_repetitions_are_nothing()
    {
        Assert.Equal(FlvEvent.TracksChanged, Video("1700000000" + Records.Avc).Event);
        Assert.Equal(FlvEvent.None, Video("1700000000" + Records.Avc).Event);
        Assert.Equal(FlvEvent.TracksChanged, Audio("af001190").Event);
        Assert.Equal("avc1.64000d,mp4a.40.2", unpacker.Tracks.Codecs);
        Assert.Equal(FlvEvent.TracksChanged, Video("1700000000" + Records.AvcFullHd).Event);
        Assert.Equal("avc1.42c02a,mp4a.40.2", unpacker.Tracks.Codecs);
    }

    [Fact]
    public void A_frame_before_its_configuration_is_refused()
    {
        Assert.Equal(MediaRefusal.NoConfiguration, Video("1701000000000000026588").Refusal);
        Assert.Equal(MediaRefusal.NoConfiguration, Audio("af01aa").Refusal);
    }

    [Theory]
    [InlineData("1701000021 00000002 6588", true, "000000026588")]
    [InlineData("2701000021 00000002 6588", true, "000000026588")]
    [InlineData("1701000021 00000002 4188", false, "000000024188")]
    [InlineData("1701000021 00000003 060601 00000002 4188", false, "00000003060601000000024188")]
    [InlineData("1701000021 00000004 06060180 00000002 4188", true, "0000000406060180000000024188")]
    [InlineData("1701000021 00000001 09f0 00000001 6588 000001 4188", true, "0000000209f0000000026588000000024188")]
    [InlineData("1701000021 000001 6588", true, "000000026588")]
    public void A_picture_is_stored_with_lengths_and_believed_about_keyframes(string body, bool isKeyframe, string stored)
    {
        Video("1700000000" + Records.Avc);

        var unpacked = Video(body);

        Assert.Equal(FlvEvent.Unit, unpacked.Event);
        Assert.Equal((33, isKeyframe), (unpacked.Unit.CompositionOffset, unpacked.Unit.IsKeyframe));
        Assert.Equal(stored, Convert.ToHexStringLower(unpacked.Unit.Payload.Span));
    }

    [Theory]
    [InlineData(1, "02 6588 01 09")]
    [InlineData(2, "0002 6588 0001 09")]
    public void Shorter_lengths_become_lengths_of_four(int size, string payload)
    {
        var record = Records.Bytes(Records.Avc);
        record[4] = (byte)(0xFC | (size - 1));
        Video("1700000000" + Convert.ToHexString(record));

        var unpacked = Video("1701000000" + payload);

        Assert.Equal("0000000265880000000109", Convert.ToHexStringLower(unpacked.Unit.Payload.Span));
    }

    [Fact]
    public void A_unit_of_257_bytes_is_not_taken_for_a_start_code()
    {
        Video("1700000000" + Records.Avc);
        var payload = "00000101" + "65" + new string('8', 512);

        Assert.Equal(payload, Convert.ToHexStringLower(Video("1701000000" + payload).Unit.Payload.Span));
    }

    [Theory]
    [InlineData("1701000000 00000009 65")]
    [InlineData("1701000000 0000")]
    [InlineData("1701000000 00000000")]
    public void A_picture_whose_lengths_are_wrong_is_refused(string body)
    {
        Video("1700000000" + Records.Avc);

        Assert.Equal(MediaRefusal.Malformed, Video(body).Refusal);
    }

    [Fact]
    public void Nothing_a_stranger_sends_throws() => Gen.Select(Gen.Bool, Gen.Byte.Array[0, 60]).Array[1, 20].Sample(messages =>
    {
        Video("1700000000" + Records.Avc);
        foreach (var (isVideo, body) in messages)
        {
            if (isVideo && body.Length > 5)
            {
                (body[0], body[1]) = (0x17, 1);
            }

            unpacker.Read(isVideo ? FlvTagType.Video : FlvTagType.Audio, 0, body);
        }
    }, threads: 1);

    private FlvUnpacked Video(string hex) => unpacker.Read(FlvTagType.Video, 0, Hex(hex));

    private FlvUnpacked Audio(string hex) => unpacker.Read(FlvTagType.Audio, 0, Hex(hex));

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
