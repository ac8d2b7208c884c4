using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

public sealed class RtmpOptionTests
{
    [Theory]
    [InlineData("rtmp://*:1935", "rtmp://*:1935")]
    [InlineData("rtmp://*", "rtmp://*:1935")]
    [InlineData("rtmp://+:1940/", "rtmp://*:1940")]
    [InlineData("rtmps://live.example.org:1936", "rtmps://live.example.org:1936")]
    [InlineData("rtmps://live.example.org", "rtmps://live.example.org:443")]
    [InlineData("rtmp://127.0.0.1:1935", "rtmp://127.0.0.1:1935")]
    [InlineData("rtmp://[::1]:1935", "rtmp://[::1]:1935")]
    public void Addresses_are_read(string text, string expected) => Assert.Equal(expected, RtmpEndpoint.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1935")]
    [InlineData("*:1935")]
    [InlineData("http://*:1935")]
    [InlineData("rtmp://*:99999")]
    [InlineData("rtmp://*.example.org:1935")]
    [InlineData("rtmp://*:1935/live")]
    [InlineData("rtmp://user@host:1935")]
    [InlineData("rtmp://")]
    public void Others_are_refused(string text) => Assert.Null(RtmpEndpoint.Parse(text));

    [Fact]
    public void Several_are_separated_by_semicolons_and_none_is_none()
    {
        Assert.Equal(["rtmp://*:1935", "rtmps://*:1936"], new KinopressOptions { RtmpUrls = "rtmp://*:1935; rtmps://*:1936;" }.RtmpEndpoints().Select(endpoint => endpoint.ToString()));
        Assert.Empty(new KinopressOptions { RtmpUrls = "" }.RtmpEndpoints());
        Assert.Empty(new KinopressOptions { RtmpUrls = " None " }.RtmpEndpoints());
        Assert.Empty(new KinopressOptions { RtmpUrls = "none" }.Validate());
    }

    [Fact]
    public void Each_mistake_is_named()
    {
        var mistakes = new KinopressOptions { RtmpUrls = "rtmp://*:1935;ftp://x;here", PublicRtmpUrl = "example.org" }.Validate();

        Assert.Equal(3, mistakes.Count);
        Assert.Contains("'ftp://x'", mistakes[0], StringComparison.Ordinal);
        Assert.Contains("'here'", mistakes[1], StringComparison.Ordinal);
        Assert.StartsWith("publicRtmpUrl", mistakes[2], StringComparison.Ordinal);
    }
}
