using System.Net;
using System.Net.Sockets;

namespace Kinopress.Server.Cli;

/// <summary>The address to print: one a person can open.</summary>
internal static class SiteAddress
{
    private static readonly string[] AnyHosts = ["://*", "://+", "://0.0.0.0", "://[::]"];

    public static string Of(IEnumerable<string> urls)
    {
        var url = urls.FirstOrDefault() ?? "http://localhost:8080";
        var host = AnyHosts.FirstOrDefault(any => url.Contains(any, StringComparison.Ordinal));
        return (host is null ? url : url.Replace(host, $"://{OwnAddress()}", StringComparison.Ordinal)).TrimEnd('/');
    }

    // Connecting a datagram socket sends nothing; it only makes the system choose the address it would send from.
    private static string OwnAddress()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9));
            return socket.LocalEndPoint is IPEndPoint { Address: var address } && !IPAddress.Any.Equals(address) ? address.ToString() : "localhost";
        }
        catch (SocketException)
        {
            return "localhost";
        }
    }
}
