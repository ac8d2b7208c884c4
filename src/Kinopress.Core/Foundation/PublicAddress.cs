using System.Net;
using System.Net.Sockets;

namespace Kinopress.Core.Foundation;

/// <summary>
/// Tells addresses of the internet from those of this machine and its networks, to which what somebody typed must not lead
/// this server. After the special-purpose registries of IANA (RFC 6890).
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork[] SpecialV6 =
    [
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>False for anything that is not plainly on the internet, also where it hides an IPv4 address within an IPv6 one.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(SpecialV4, network => network.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        if (Translated.Contains(address))
        {
            return Is(new IPAddress(address.GetAddressBytes().AsSpan(12, 4)));
        }

        if (SixToFour.Contains(address))
        {
            return Is(new IPAddress(address.GetAddressBytes().AsSpan(2, 4)));
        }

        return GlobalV6.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address));
    }
}
