using Kinopress.Core.Features.Destinations;

namespace Kinopress.Core.Tests;

public sealed class DestinationAddressTests
{
    private const string Address = "rtmp://live.example.org/app";

    [Theory]
    [InlineData("rtmp://live.example.org/app/")]
    [InlineData("rtmp://LIVE.example.org:1935/app")]
    public void Another_spelling_of_the_server_is_the_same(string other) => Assert.True(DestinationAddress.IsSameServer(other, Address));

    [Theory]
    [InlineData("rtmps://live.example.org/app")]
    [InlineData("rtmp://live.example.org:1936/app")]
    [InlineData("rtmp://live.example.com/app")]
    [InlineData("rtmp://live.example.org/other")]
    [InlineData("rtmp://live.example.org/x/../app")]
    [InlineData("rtmp://live.example.org/./app")]
    [InlineData("rtmp://live.example.org/%61pp")]
    [InlineData("rtmp://live.example.org/app#/other")]
    [InlineData("rtmp://@live.example.org/app")]
    public void Anything_else_asks_for_the_key_again(string other) => Assert.False(DestinationAddress.IsSameServer(other, Address));
}
