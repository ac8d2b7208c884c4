namespace Kinopress.Rtmp.Tests.Publishing;

public sealed class RtmpTargetTests
{
    [Theory]
    [InlineData("rtmp://example.org/app/key", null, "example.org", 1935, false, "app", "key")]
    [InlineData("rtmps://example.org/app/key", null, "example.org", 443, true, "app", "key")]
    [InlineData("RTMP://example.org:1936/app/key", null, "example.org", 1936, false, "app", "key")]
    [InlineData(" rtmp://example.org/app \n", " key\r\n", "example.org", 1935, false, "app", "key")]
    [InlineData("rtmp://example.org/app/", "key", "example.org", 1935, false, "app", "key")]
    [InlineData("rtmp://example.org/app/instance/key?a=b/c", null, "example.org", 1935, false, "app/instance", "key?a=b/c")]
    [InlineData("rtmp://b.example.org/live2?backup=1/key", null, "b.example.org", 1935, false, "live2?backup=1", "key")]
    [InlineData("rtmp://b.example.org/live2?backup=1", "key", "b.example.org", 1935, false, "live2?backup=1", "key")]
    [InlineData("rtmps://live-api.example.org:443/rtmp/", "FB-1?s_bl=1&a=Ab", "live-api.example.org", 443, true, "rtmp", "FB-1?s_bl=1&a=Ab")]
    [InlineData("rtmp://127.0.0.1/app/key", null, "127.0.0.1", 1935, false, "app", "key")]
    [InlineData("rtmp://[::1]:1936/app/key", null, "::1", 1936, false, "app", "key")]
    public void An_address_is_taken_apart(string address, string? key, string host, int port, bool isTls, string app, string expectedKey)
    {
        Assert.True(RtmpTarget.TryParse(address, key, out var target, out var fault));

        Assert.Equal(new RtmpTarget(host, port, isTls, app, expectedKey), target);
        Assert.Equal(RtmpTargetFault.None, fault);
    }

    [Theory]
    [InlineData(null, RtmpTargetFault.Missing)]
    [InlineData(" ", RtmpTargetFault.Missing)]
    [InlineData("http://example.org/app/key", RtmpTargetFault.WrongScheme)]
    [InlineData("example.org/app/key", RtmpTargetFault.WrongScheme)]
    [InlineData("rtmpt://example.org/app/key", RtmpTargetFault.WrongScheme)]
    [InlineData("rtmp:///app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://exa_mple!/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://example.org:0/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://example.org:70000/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://example.org:/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://::1/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://[example.org]/app/key", RtmpTargetFault.WrongHost)]
    [InlineData("rtmp://example.org", RtmpTargetFault.MissingApp)]
    [InlineData("rtmp://example.org/", RtmpTargetFault.MissingApp)]
    [InlineData("rtmp://example.org/app", RtmpTargetFault.MissingKey)]
    [InlineData("rtmp://example.org/app/", RtmpTargetFault.MissingKey)]
    [InlineData("rtmp://example.org/app/k y", RtmpTargetFault.Malformed)]
    [InlineData("rtmp://example.org/app/\u0001", RtmpTargetFault.Malformed)]
    public void What_is_no_target_is_refused_with_its_reason(string? address, RtmpTargetFault expected)
    {
        Assert.False(RtmpTarget.TryParse(address, null, out _, out var fault));

        Assert.Equal(expected, fault);
    }

    [Fact]
    public void An_endless_address_is_refused()
    {
        Assert.False(RtmpTarget.TryParse("rtmp://example.org/app/" + new string('a', 3000), null, out _, out var fault));

        Assert.Equal(RtmpTargetFault.TooLong, fault);
    }

    [Fact]
    public void An_account_may_stand_in_the_address()
    {
        Assert.True(RtmpTarget.TryParse("rtmp://us%40er:p%3Ass@example.org/app/key", null, out var target, out _));

        Assert.Equal(new RtmpAccount("us@er", "p:ss"), target.Account);
    }

    [Fact]
    public void Neither_key_nor_password_are_printed()
    {
        Assert.True(RtmpTarget.TryParse("rtmps://user:secret@example.org:1936/app/secret", null, out var target, out _));

        Assert.Equal("rtmps://example.org:1936", target.ToString());
        Assert.DoesNotContain("secret", target.Account?.ToString(), StringComparison.Ordinal);
    }
}
