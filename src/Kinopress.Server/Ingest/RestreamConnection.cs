using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Foundation;
using Kinopress.Rtmp;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Kinopress.Server.Ingest;

/// <summary>Opens connections to services: the name is resolved anew each time, and what is connected to is the address that was checked.</summary>
internal sealed class RestreamConnector(KinopressOptions options, ILoggerFactory loggers) : IDisposable
{
    private const int MaxAddresses = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), loggers.CreateLogger<RestreamConnector>());

    /// <exception cref="RestreamException">It cannot be reached, or must not.</exception>
    public async Task<RestreamConnection> ConnectAsync(RtmpTarget target, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var socket = await DialAsync(await ResolveAsync(target.Host, patience.Token), target.Port, patience.Token);
            var connection = new RestreamConnection(_connections.Create(socket));
            if (target.IsTls)
            {
                await connection.SecureAsync(target.Host, patience.Token);
            }

            return connection;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RestreamException(DestinationTrouble.Unreachable, exception);
        }
    }

    public void Dispose() => _connections.Dispose();

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        try
        {
            found = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new RestreamException(DestinationTrouble.NameUnknown, exception);
        }

        var allowed = found.Where(address => options.AllowPrivateDestinations || PublicAddress.Is(address)).Take(MaxAddresses).ToList();
        return allowed.Count > 0 ? allowed : throw new RestreamException(found.Length == 0 ? DestinationTrouble.NameUnknown : DestinationTrouble.PrivateAddress);
    }

    private static async Task<Socket> DialAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        for (var index = 0; ; index++)
        {
            var socket = new Socket(addresses[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[index], port), cancellationToken);
                return socket;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                if (index == addresses.Count - 1)
                {
                    throw new RestreamException(DestinationTrouble.Unreachable, exception);
                }
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

/// <summary>An open connection to a service. Disposing it never waits for the other side for long.</summary>
internal sealed class RestreamConnection(ConnectionContext connection) : IAsyncDisposable
{
    private SslStream? _tls;

    public IDuplexPipe Transport { get; private set; } = connection.Transport;

    /// <exception cref="RestreamException">The server cannot prove that it is <paramref name="host"/>.</exception>
    public async Task SecureAsync(string host, CancellationToken cancellationToken)
    {
        _tls = new SslStream(new DuplexPipeStream(connection.Transport), leaveInnerStreamOpen: true);
        try
        {
            await _tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
            Transport = new StreamDuplexPipe(_tls);
        }
        catch (Exception exception)
        {
            await DisposeAsync();
            throw exception switch
            {
                System.Security.Authentication.AuthenticationException => new RestreamException(DestinationTrouble.Certificate, exception),
                IOException => new RestreamException(DestinationTrouble.NotRtmp, exception),
                _ => exception,
            };
        }
    }

    /// <summary>Whatever waits for the other side stops waiting.</summary>
    public void Abort() => connection.Abort(new ConnectionAbortedException("Sending ends."));

    /// <summary>Sends what is on its way and ends. Waits for the other side to take it, unless <see cref="Abort"/> is called.</summary>
    public async Task CloseAsync()
    {
        await connection.Transport.Output.CompleteAsync();
        await connection.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Abort();
        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }

        await connection.DisposeAsync();
    }
}

/// <summary>A service cannot be sent to.</summary>
internal sealed class RestreamException(DestinationTrouble trouble, Exception? inner = null) : Exception(trouble.ToString(), inner)
{
    public DestinationTrouble Trouble => trouble;
}
