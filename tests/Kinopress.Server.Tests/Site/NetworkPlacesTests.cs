using System.Net;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Tests.Site;

public sealed class NetworkPlacesTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    private readonly Places _places = new();

    [Fact]
    public void A_network_takes_its_share_and_no_more()
    {
        Assert.NotNull(_places.TryTake(One));
        Assert.NotNull(_places.TryTake(One));

        Assert.Null(_places.TryTake(One));
        Assert.NotNull(_places.TryTake(Other));
    }

    [Fact]
    public void What_is_given_back_is_free_again_and_once()
    {
        var first = _places.TryTake(One);
        _places.TryTake(One);
        first?.Dispose();
        first?.Dispose();

        Assert.NotNull(_places.TryTake(One));
        Assert.Null(_places.TryTake(One));
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_share()
    {
        _places.TryTake(IPAddress.Parse("2001:db8::1"));
        _places.TryTake(IPAddress.Parse("2001:db8::2"));

        Assert.Null(_places.TryTake(IPAddress.Parse("2001:db8::3")));
        Assert.NotNull(_places.TryTake(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void This_machine_is_bounded_by_the_whole_only()
    {
        for (var number = 0; number < 4; number++)
        {
            Assert.NotNull(_places.TryTake(IPAddress.Loopback));
        }

        Assert.Null(_places.TryTake(IPAddress.Loopback));
        Assert.Null(_places.TryTake(One));
    }

    private sealed class Places() : NetworkPlaces(max: 4, maxOfNetwork: 2, isProxyFree: true);
}
