using Kinopress.Rtmp.Commands;
using Kinopress.Rtmp.Fuzz;

namespace Kinopress.Rtmp.Tests.Publishing;

public sealed class AdobeAuthenticationTests
{
    private const string Asked = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] : ";
    private const string Challenged = "[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=u&salt=SALT&challenge=CHAL&opaque=OPAQ";

    private static readonly RtmpTarget Target = new("example.org", 1935, false, "live", "key") { Account = new RtmpAccount("u", "p") };

    [Fact]
    public void Logging_in_takes_two_more_connections()
    {
        var first = AdobeAuthentication.Next(Target, Asked, "01234567");
        Assert.Equal("live?authmod=adobe&user=u", first?.RequestedApp);

        var second = AdobeAuthentication.Next(first ?? Target, Challenged, "01234567");

        // base64(md5(base64(md5("u" "SALT" "p")) "OPAQ" "01234567")), by another program
        Assert.Equal("live?authmod=adobe&user=u&challenge=01234567&response=qMI/Jxa2HYG48MWG8BjqLQ==&opaque=OPAQ", second?.RequestedApp);
        Assert.Null(AdobeAuthentication.Next(second ?? Target, Challenged, "01234567"));
    }

    [Theory]
    [InlineData("[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=authfailed&opaque=OPAQ")]
    [InlineData("[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=nosuchuser")]
    public void A_wrong_password_is_the_end(string description) =>
        Assert.Null(AdobeAuthentication.Next(Target with { Authentication = "?authmod=adobe&user=u" }, description, "01234567"));

    [Fact]
    public void Without_an_account_or_another_method_there_is_nothing_to_try()
    {
        Assert.Null(AdobeAuthentication.Next(Target with { Account = null }, Asked, "01234567"));
        Assert.Null(AdobeAuthentication.Next(Target, "authmod=llnw", "01234567"));
    }

    [Fact]
    public async Task A_server_that_asks_leads_to_another_attempt()
    {
        var server = new Script().Handshake().Add(Reply.Error(1, "NetConnection.Connect.Rejected", Asked)).Bytes;

        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(
            () => RtmpPublisher.ConnectAsync(new MemoryTransport(server, int.MaxValue), Target, new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None));

        Assert.Equal("live?authmod=adobe&user=u", refused.RetryWith?.RequestedApp);
    }
}
