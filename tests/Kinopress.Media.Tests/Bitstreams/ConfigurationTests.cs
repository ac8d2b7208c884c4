using CsCheck;
using Kinopress.Media.Bitstreams;
using static Kinopress.Media.Tests.Bitstreams.Records;

namespace Kinopress.Media.Tests.Bitstreams;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData(MediaCodec.Avc, Avc, "avc1.64000d", 318, 238, 30000, 1001)]
    [InlineData(MediaCodec.Avc, AvcFullHd, "avc1.42c02a", 1920, 1080, 60, 1)]
    [InlineData(MediaCodec.Avc, AvcInterlaced, "avc1.7a001e", 720, 576, 25, 1)]
    [InlineData(MediaCodec.Hevc, Hevc, "hvc1.2.4.L60.90", 318, 238, 0, 1)]
    [InlineData(MediaCodec.Av1, Av1, "av01.0.00M.08", 318, 238, 0, 1)]
    public void A_picture_says_its_name_size_and_rate(MediaCodec codec, string record, string name, int width, int height, int rate, int per)
    {
        var video = VideoConfiguration.Parse(codec, Bytes(record), out var refusal);

        Assert.Null(refusal);
        Assert.NotNull(video);
        Assert.Equal((name, width, height, 4), (video.CodecName, video.Width, video.Height, video.NalLengthSize));
        Assert.Equal(rate == 0 ? null : (double)rate / per, video.FrameRate?.Value);
        Assert.Equal(Bytes(record), video.Record);
    }

    [Theory]
    [InlineData("1190", "mp4a.40.2", 48000, 48000, 2, 1024, false)]
    [InlineData("1210", "mp4a.40.2", 44100, 44100, 2, 1024, false)]
    [InlineData("1388", "mp4a.40.2", 22050, 22050, 1, 1024, true)]
    [InlineData("1194", "mp4a.40.2", 48000, 48000, 2, 960, false)]
    [InlineData("11B8", "mp4a.40.2", 48000, 48000, 8, 1024, false)]
    [InlineData("2B118800", "mp4a.40.5", 24000, 48000, 2, 1024, false)]
    [InlineData("EB098800", "mp4a.40.29", 24000, 48000, 1, 1024, false)]
    [InlineData("131056E598", "mp4a.40.5", 24000, 48000, 2, 1024, false)]
    [InlineData("1780BB8010", "mp4a.40.2", 96000, 96000, 2, 1024, false)]
    public void Sound_says_its_name_rate_and_channels(
        string record, string name, int rate, int output, int channels, int samples, bool mayBeDoubled)
    {
        var audio = AudioConfiguration.Parse(MediaCodec.Aac, Bytes(record), out var refusal);

        Assert.Null(refusal);
        Assert.NotNull(audio);
        Assert.Equal((name, rate, output), (audio.CodecName, audio.SampleRate, audio.OutputSampleRate));
        Assert.Equal((channels, samples, mayBeDoubled), (audio.Channels, audio.SamplesPerFrame, audio.MayHaveImplicitSbr));
    }

    [Theory]
    [InlineData("", MediaRefusal.Malformed)]
    [InlineData("11", MediaRefusal.Malformed)]
    [InlineData("1690", MediaRefusal.Malformed)]
    [InlineData("0990", MediaRefusal.AacProfile)]
    [InlineData("1180", MediaRefusal.AacProfile)]
    public void Sound_that_cannot_be_played_is_refused(string record, MediaRefusal expected)
    {
        Assert.Null(AudioConfiguration.Parse(MediaCodec.Aac, Bytes(record), out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData(MediaCodec.Avc, "00000001", MediaRefusal.Malformed)]
    [InlineData(MediaCodec.Avc, "0164000dfee100186764000dacd94141feab011000003e90000ea600f142996001000668ebe3cb22c0", MediaRefusal.Malformed)]
    [InlineData(MediaCodec.Hevc, "0000000140010c01", MediaRefusal.HevcAnnexB)]
    [InlineData(MediaCodec.Hevc, "01", MediaRefusal.Malformed)]
    [InlineData(MediaCodec.Av1, "81000c00", MediaRefusal.Malformed)]
    public void A_picture_that_cannot_be_played_is_refused(MediaCodec codec, string record, MediaRefusal expected)
    {
        Assert.Null(VideoConfiguration.Parse(codec, Bytes(record), out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void A_configuration_with_start_codes_becomes_a_record()
    {
        var video = VideoConfiguration.Parse(
            MediaCodec.Avc, Bytes("000000016764000dacd94141feab011000003e90000ea600f142996000000168ebe3cb22c0"), out var refusal);

        Assert.Null(refusal);
        Assert.NotNull(video);
        Assert.Equal((318, 238, "avc1.64000d"), (video.Width, video.Height, video.CodecName));
        Assert.Equal("0164000dffe100186764000dacd94141feab011000003e90000ea600f142996001000668ebe3cb22c0", Convert.ToHexStringLower(video.Record.Span));
    }

    [Fact]
    public void A_record_with_shorter_lengths_is_stored_with_lengths_of_four()
    {
        var record = Bytes(Avc);
        record[4] = 0xFC | 1;

        var video = VideoConfiguration.Parse(MediaCodec.Avc, record, out _);

        Assert.NotNull(video);
        Assert.Equal(2, video.NalLengthSize);
        Assert.Equal(Bytes(Avc), video.Record);
    }

    [Fact]
    public void Opus_says_its_channels_and_becomes_a_box()
    {
        var head = "4f707573486561640102380180bb0000000000";

        var audio = AudioConfiguration.Parse(MediaCodec.Opus, Bytes(head), out var refusal);

        Assert.Null(refusal);
        Assert.Equal(("opus", 48000, 2), (audio?.CodecName, audio?.SampleRate, audio?.Channels));
        Assert.Equal("000201380000bb80000000", Convert.ToHexStringLower(OpusHead.ToSpecificBox(Bytes(head))));
    }

    [Theory]
    [InlineData("fc", 960)]
    [InlineData("0b04", 3840)]
    [InlineData("e3ff", 0)]
    [InlineData("80", 120)]
    [InlineData("", 0)]
    public void The_length_of_an_Opus_packet_is_in_its_first_bytes(string packet, int samples) =>
        Assert.Equal(samples, OpusHead.SamplesIn(Bytes(packet)));

    [Theory]
    [InlineData(MediaCodec.Avc, Avc)]
    [InlineData(MediaCodec.Avc, AvcInterlaced)]
    [InlineData(MediaCodec.Hevc, Hevc)]
    [InlineData(MediaCodec.Av1, Av1)]
    public void No_damaged_picture_configuration_throws(MediaCodec codec, string record) =>
        Damaged(record).Sample(bytes => VideoConfiguration.Parse(codec, bytes, out var refusal) is null == refusal.HasValue, iter: 5000);

    [Theory]
    [InlineData(MediaCodec.Aac, "131056E598")]
    [InlineData(MediaCodec.Opus, "4f707573486561640102380180bb0000000000")]
    public void No_damaged_sound_configuration_throws(MediaCodec codec, string record) =>
        Damaged(record).Sample(bytes => AudioConfiguration.Parse(codec, bytes, out var refusal) is null == refusal.HasValue, iter: 5000);

    private static Gen<byte[]> Damaged(string record) => Gen.Select(
        Gen.Int[0, record.Length / 2], Gen.Select(Gen.Int[0, (record.Length / 2) - 1], Gen.Byte).Array[0, 4], (length, changes) =>
        {
            var bytes = Bytes(record);
            foreach (var (at, value) in changes)
            {
                bytes[at] = value;
            }

            return bytes[..length];
        });
}
