using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Kinopress.Server.Ingest;

/// <summary>One address where encoders are taken in. Not Kestrel's listener, which wakes a reader for each packet.</summary>
internal sealed partial class IngestListener : IDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly IngestPulse _pulse;
    private readonly ILogger _logger;

    private IngestListener(Socket socket, IngestPulse pulse, ILogger logger) => (_socket, _pulse, _logger) = (socket, pulse, logger);

    /// <summary>With the port the system chose where 0 was asked for.</summary>
    public EndPoint EndPoint => _socket.LocalEndPoint!; // bound since it exists

    /// <exception cref="SocketException">The address is taken, or not of this machine.</exception>
    public static IngestListener Bind(IPEndPoint endpoint, IngestPulse pulse, ILogger logger)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.Listen(Backlog);
            return new IngestListener(socket, pulse, logger);
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
            Socket? accepted = null;
            try
            {
                accepted = await _socket.AcceptAsync(cancellationToken);
                return new IngestConnection(accepted, _pulse);
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                accepted?.Dispose();
                if (exception is SocketException { SocketErrorCode: SocketError.OperationAborted })
                {
                    throw new OperationCanceledException("Nobody listens here any more.", exception, cancellationToken);
                }

                if (accepted is null)
                {
                    Log.NotAccepted(_logger, exception.Message);
                    await Task.Delay(PauseAfterTrouble, cancellationToken); // the system has no handles for a moment
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "ingest.not_accepted", Message = "An encoder could not be let in: {Detail}")]
        public static partial void NotAccepted(ILogger logger, string detail);
    }
}
