namespace Kinopress.Rtmp.Tests;

public sealed class RtmpStreamKeyTests
{
    [Theory]
    [InlineData("live", "key")]
    [InlineData("", "key")]
    [InlineData("live/", "key")]
    [InlineData("live/key", "")]
    [InlineData("live/key/", "")]
    [InlineData("key", "")]
    [InlineData("live", "key?a=b/c")]
    [InlineData("live?a=b", "key")]
    [InlineData("live/key?a=b", "")]
    [InlineData("live", "  key\r\n")]
    [InlineData("live", "/key/")]
    [InlineData("live", "rtmp://example.org/live/key")]
    [InlineData("live", "k%65y")]
    [InlineData("live", "live%2Fkey")]
    [InlineData("a/b/c", "key")]
    public void The_key_is_found_wherever_it_was_typed(string app, string name) => Assert.Equal("key", RtmpStreamKey.Find(app, name));

    [Theory]
    [InlineData("", "")]
    [InlineData("/", " / ")]
    [InlineData("?a=b", "?c")]
    public void Nothing_is_no_key(string app, string name) => Assert.Null(RtmpStreamKey.Find(app, name));

    [Fact]
    public void A_broken_percent_sign_is_kept() => Assert.Equal("100%", RtmpStreamKey.Find("live", "100%"));
}
