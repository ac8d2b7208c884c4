using CsCheck;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Tests.Probing;

public sealed class FfprobeOutputTests
{
    [Fact]
    public void A_phone_film_is_understood()
    {
        var result = Parse(Film());

        Assert.Null(result.Refusal);
        Assert.NotNull(result.Media?.Video);
        Assert.Equal(90, result.Media.Video.Rotation);
        Assert.Equal((1080, 1920), (result.Media.Video.DisplayWidth, result.Media.Video.DisplayHeight));
        Assert.Equal(TimeSpan.FromSeconds(12.5), result.Media.Duration);
        Assert.Equal("eng", Assert.Single(result.Media.Audio).Language);
    }

    [Theory]
    [InlineData("", "", ProbeRefusal.NotMedia)]
    [InlineData("{}", "", ProbeRefusal.NotMedia)]
    [InlineData("""{"error":{"code":-1094995529,"string":"Invalid data"}}""", "", ProbeRefusal.NotMedia)]
    [InlineData("""{"error":{"code":-1094995529}}""", "[mov] moov atom not found", ProbeRefusal.Truncated)]
    [InlineData("""{"error":{"code":-1094995529}}""", "score of 1, misdetection possible!\nmoov atom not found", ProbeRefusal.NotMedia)]
    [InlineData("""{"streams":[],"format":{"format_name":"mov"}}""", "", ProbeRefusal.NotMedia)]
    public void What_is_no_film_is_refused(string json, string errors, ProbeRefusal expected) =>
        Assert.Equal(expected, FfprobeOutput.Parse(json, ProbeLimits.Default, errors).Refusal);

    [Fact]
    public void Each_limit_has_its_refusal()
    {
        Assert.Equal(ProbeRefusal.DimensionsTooLarge, Parse(Film(width: 20000, height: 20000)).Refusal);
        Assert.Equal(ProbeRefusal.DimensionsTooLarge, Parse(Film(width: 20000, height: 2)).Refusal);
        Assert.Equal(ProbeRefusal.TooShort, Parse(Film(duration: "0.001")).Refusal);
        Assert.Equal(ProbeRefusal.TooLong, Parse(Film(duration: "90000")).Refusal);
        Assert.Equal(ProbeRefusal.NoDuration, Parse(Film(duration: "N/A")).Refusal);
        Assert.Equal(ProbeRefusal.CodecNotSupported, Parse(Film(tag: "encv")).Refusal);
    }

    [Fact]
    public void Damaged_output_never_throws()
    {
        var original = Film();
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Char).Sample((place, value) =>
        {
            var result = Parse(original[..place] + value + original[(place + 1)..]);
            Assert.NotEqual(result.Media is null, result.Refusal is null);
        }, iter: 3000);
    }

    private const string Sound =
        """
        ,{"index":1,"codec_name":"aac","profile":"LC","codec_type":"audio","sample_rate":"44100","channels":2,
          "disposition":{"default":1},"tags":{"language":"eng"}}
        """;

    private static ProbeResult Parse(string json) => FfprobeOutput.Parse(json, ProbeLimits.Default);

    private static string Film(int width = 1920, int height = 1080, string duration = "12.500000", string tag = "avc1") => $$"""
        {"streams":[
          {"index":0,"codec_name":"h264","profile":"High","codec_type":"video","codec_tag_string":"{{tag}}","width":{{width}},"height":{{height}},
           "pix_fmt":"yuv420p","level":40,"field_order":"progressive","r_frame_rate":"30/1","avg_frame_rate":"30000/1001","bit_rate":"8000000",
           "disposition":{"default":1,"attached_pic":0},"tags":{"language":"und"},"side_data_list":[{"rotation":-90}]}
          {{(tag == "encv" ? "" : Sound)}}
        ],"format":{"format_name":"mov,mp4,m4a,3gp,3g2,mj2","start_time":"0.000000","duration":"{{duration}}","bit_rate":"8200000"} }
        """;
}
