using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using static Kinopress.Media.Tests.Samples;

namespace Kinopress.Media.Tests.Planning;

public sealed class LadderTests
{
    public static TheoryData<string, VideoTrack, string> Rows => new()
    {
        { "copied", Picture(), "=1080p 720p 480p 360p 240p" },
        { "a foreign codec", Picture() with { Codec = "mpeg4" }, "1080p 720p 480p 360p 240p" },
        { "HEVC", Picture() with { Codec = "hevc", Profile = "Main" }, "1080p 720p 480p 360p 240p" },
        { "VP9 keeps an H.264 twin", Picture() with { Codec = "vp9", Profile = "Profile 0" }, "=1080p-vp9 1080p 720p 480p 360p 240p" },
        { "60 frames", Picture(rate: 60), "=1080p60 720p60 480p60 360p60 240p60" },
        { "120 frames are halved", Picture(rate: 120), "1080p60 720p60 480p60 360p60 240p60" },
        { "144 frames", Picture(rate: 144), "1080p48 720p48 480p48 360p48 240p48" },
        { "portrait", Picture(1080, 1920), "=1080p 720p 480p 360p 240p" },
        { "square", Picture(720, 720), "=720p 480p 360p 240p" },
        { "rotated", Picture() with { Rotation = 90 }, "1080p 720p 480p 360p 240p" },
        { "HDR", Picture(3840, 2160) with { Hdr = HdrKind.Pq, PixelFormat = "yuv420p10le" }, "2160p 1440p 1080p 720p 480p 360p 240p" },
        { "interlaced", Picture() with { IsInterlaced = true }, "1080p 720p 480p 360p 240p" },
        { "variable", Picture() with { IsVariableFrameRate = true }, "=1080p 720p 480p 360p 240p" },
        { "just above a rung", Picture(888, 500) with { Codec = "mpeg4" }, "480p 360p 240p" },
        { "well above a rung", Picture(1066, 600) with { Codec = "mpeg4" }, "600p 480p 360p 240p" },
        { "copied between rungs", Picture(888, 500), "=500p 360p 240p" },
        { "above the ladder", Picture(7680, 4320) with { Codec = "hevc" }, "2160p 1440p 1080p 720p 480p 360p 240p" },
        { "tiny", Picture(160, 120) with { Codec = "mpeg4" }, "120p" },
        { "tiny copied", Picture(160, 120), "=120p" },
        { "10 bits", Picture() with { PixelFormat = "yuv420p10le", Profile = "High 10" }, "1080p 720p 480p 360p 240p" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_source_gets_its_ladder(string source, VideoTrack video, string expected)
    {
        var plan = RenditionPlan.Create(Film(video), RenditionPolicy.Default);

        Assert.Equal(expected, string.Join(' ', plan.Renditions.Select(r => (r.IsCopy ? "=" : "") + r.Key)));
        Assert.NotEmpty(source);
    }

    [Theory]
    [InlineData(1920, 1080, 0, "1/1", 1280, 720)]
    [InlineData(1080, 1920, 0, "1/1", 720, 1280)]
    [InlineData(1920, 1080, 90, "1/1", 720, 1280)]
    [InlineData(1440, 1080, 0, "4/3", 1280, 720)]
    [InlineData(1440, 1080, 270, "4/3", 720, 1280)]
    [InlineData(1920, 800, 0, "1/1", 1728, 720)]
    public void Sizes_are_what_a_viewer_sees(int width, int height, int rotation, string aspect, int expectedWidth, int expectedHeight)
    {
        Assert.True(Rational.TryParse(aspect, out var ratio));
        var video = Picture(width, height) with { Rotation = rotation, SampleAspectRatio = ratio, Codec = "mpeg4" };

        var plan = RenditionPlan.Create(Film(video), RenditionPolicy.Default);

        var rendition = plan.Renditions.Single(r => r.Key == "720p");
        Assert.Equal((expectedWidth, expectedHeight), (rendition.Width, rendition.Height));
    }

    [Fact]
    public void A_small_source_does_not_grow()
    {
        var video = Picture() with { Codec = "mpeg4", BitrateInBitsPerSecond = 1_000_000 };

        var plan = RenditionPlan.Create(Film(video), RenditionPolicy.Default);

        Assert.Equal(1_300_000, plan.Renditions[0].MaxBitrateInBitsPerSecond);
        Assert.All(plan.Renditions.Zip(plan.Renditions.Skip(1)), pair =>
            Assert.True(pair.First.MaxBitrateInBitsPerSecond > pair.Second.MaxBitrateInBitsPerSecond));
    }
}
