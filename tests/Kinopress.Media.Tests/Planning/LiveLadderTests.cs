using Kinopress.Media.Encoding;
using Kinopress.Media.Planning;

namespace Kinopress.Media.Tests.Planning;

public sealed class LiveLadderTests
{
    [Theory]
    [InlineData(1920, 1080, 8, "720p 480p 360p")]
    [InlineData(1280, 720, 8, "480p 360p")]
    [InlineData(1080, 1920, 8, "720p 480p 360p")]
    [InlineData(854, 480, 8, "360p")]
    [InlineData(640, 360, 8, "")]
    [InlineData(1920, 1080, 2, "480p")]
    [InlineData(1280, 720, 1, "480p")]
    [InlineData(854, 480, 2, "360p")]
    public void A_live_is_made_smaller_as_far_as_picture_and_machine_allow(int width, int height, int processors, string expected) =>
        Assert.Equal(expected, string.Join(' ', LiveLadder.Plan(width, height, processors).Select(rung => rung.Key)));

    [Theory]
    [InlineData(1920, 1080, 30, 8, 0.5, 0.9)]
    [InlineData(1920, 1080, 60, 8, 1.0, 1.8)]
    [InlineData(1920, 1080, 30, 2, 0.2, 0.35)]
    public void Its_cost_is_near_what_was_measured(int width, int height, double rate, int processors, double least, double most) =>
        Assert.InRange(LiveLadder.CoresFor(LiveLadder.Plan(width, height, processors), width, height, rate), least, most);

    [Fact]
    public void One_quality_needs_no_split()
    {
        var arguments = LiveLadderCommand.Arguments(LiveLadder.Plan(1280, 720, 2), isPortrait: false, ["/tmp/a"]);

        Assert.Contains("[0:v]scale=-2:480[v0]", arguments);
        Assert.Equal("unix:/tmp/a", arguments[^1]);
        Assert.Equal("pipe:0", arguments[arguments.ToList().IndexOf("-i") + 1]);
    }

    [Fact]
    public void Several_qualities_come_from_one_decoder()
    {
        var arguments = LiveLadderCommand.Arguments(LiveLadder.Plan(1080, 1920, 8), isPortrait: true, ["/tmp/a", "/tmp/b", "/tmp/c"]);

        Assert.Contains("[0:v]split=3[s0][s1][s2];[s0]scale=720:-2[v0];[s1]scale=480:-2[v1];[s2]scale=360:-2[v2]", arguments);
        Assert.Equal(["unix:/tmp/a", "unix:/tmp/b", "unix:/tmp/c"], arguments.Where(argument => argument.StartsWith("unix:", StringComparison.Ordinal)));
        Assert.Equal(3, arguments.Count(argument => argument == "source"));
    }
}
