using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Kinopress.Server.Ingest;

/// <summary>One address where encoders are taken in. Not Kestrel's listener, which reads 4 KB at a time and wakes a reader for each.</summary>
internal sealed class IngestListener : IDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly IngestPulse _pulse;

    private IngestListener(Socket socket, IngestPulse pulse) => (_socket, _pulse) = (socket, pulse);

    /// <summary>With the port the system chose where 0 was asked for.</summary>
    public EndPoint EndPoint => _socket.LocalEndPoint!; // bound since it exists

    /// <exception cref="SocketException">The address is taken, or not of this machine.</exception>
    public static IngestListener Bind(IPEndPoint endpoint, IngestPulse pulse)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.Listen(Backlog);
            return new IngestListener(socket, pulse);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="OperationCanceledException">The site stops.</exception>
    public async Task<IngestConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new IngestConnection(await _socket.AcceptAsync(cancellationToken), _pulse);
            }
            catch (SocketException)
            {
                await Task.Delay(PauseAfterTrouble, cancellationToken); // it left while it waited, or the system has no handles for a moment
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
