using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Ingest;

/// <summary>Listens for encoders on the addresses of <see cref="KinopressOptions.RtmpUrls"/>. Owns every connection until it has ended.</summary>
internal sealed partial class RtmpService(
    KinopressOptions options,
    IngestPulse pulse,
    RtmpIngest ingest,
    IngestCertificate certificate,
    ILogger<RtmpService> logger) : IHostedService, IDisposable
{
    // Beyond any site of one machine; what is above waits in the system's queue.
    private const int MaxConnections = 2000;

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IngestListener> _bound = [];
    private readonly SemaphoreSlim _room = new(MaxConnections);
    private readonly HashSet<Task> _connections = [];
    private readonly Lock _gate = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where encoders are taken in, with the ports the system chose where 0 was asked for.</summary>
    public IReadOnlyList<EndPoint> Addresses => [.. _bound.Select(listener => listener.EndPoint)];

    /// <exception cref="StartFailedException">An address somebody asked for is taken, or RTMPS has no certificate.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        List<Task> loops = [];
        foreach (var endpoint in options.RtmpEndpoints())
        {
            X509Certificate2? served = null;
            if (endpoint.IsEncrypted && (served = certificate.Find()) is null)
            {
                throw new StartFailedException($"{endpoint} needs a certificate: set Kestrel__Certificates__Default__Path and its key.", inner: null);
            }

            try
            {
                var listener = await BindAsync(endpoint, cancellationToken);
                _bound.Add(listener);
                loops.Add(AcceptAsync(listener, served));
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                if (options.RtmpUrls != new KinopressOptions().RtmpUrls)
                {
                    throw new StartFailedException($"Cannot listen on {endpoint}: {(exception.InnerException ?? exception).Message} Choose another address with --rtmp-urls.", exception);
                }

                Log.PortTaken(logger, endpoint.Port); // nobody asked for it: the site is of use without
            }
        }

        _accepting = Task.WhenAll(loops);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        foreach (var listener in _bound)
        {
            listener.Dispose();
        }

        await _accepting;
        Task[] open;
        lock (_gate)
        {
            open = [.. _connections];
        }

        await Task.WhenAll(open).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var listener in _bound)
        {
            listener.Dispose();
        }

        _stopping.Dispose();
        _room.Dispose();
    }

    private async Task<IngestListener> BindAsync(RtmpEndpoint endpoint, CancellationToken cancellationToken)
    {
        var address = endpoint.Host switch
        {
            RtmpEndpoint.AnyHost => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var parsed) => parsed,
            var host => (await Dns.GetHostAddressesAsync(host, cancellationToken))[0],
        };
        try
        {
            return IngestListener.Bind(new IPEndPoint(address, endpoint.Port), pulse, logger);
        }
        catch (System.Net.Sockets.SocketException) when (address.Equals(IPAddress.IPv6Any))
        {
            return IngestListener.Bind(new IPEndPoint(IPAddress.Any, endpoint.Port), pulse, logger); // a machine without IPv6
        }
    }

    private async Task AcceptAsync(IngestListener listener, X509Certificate2? served)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await _room.WaitAsync(_stopping.Token);
                Own(ServeAsync(await listener.AcceptAsync(_stopping.Token), served));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The site stops.
        }
    }

    private void Own(Task connection)
    {
        lock (_gate)
        {
            _connections.RemoveWhere(ended => ended.IsCompleted);
            _connections.Add(connection);
        }
    }

    private async Task ServeAsync(IngestConnection connection, X509Certificate2? served)
    {
        await Task.Yield();
        await using (connection)
        {
            try
            {
                await ingest.ServeAsync(connection, served, _stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The encoder left, or the site stops.
            }
            catch (AuthenticationException exception)
            {
                Log.NotEncrypted(logger, exception.Message);
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception); // one connection's trouble is not another's
            }
            finally
            {
                _room.Release();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "ingest.port_taken", Message = "Port {Port} is taken, so encoders such as OBS cannot send here. Choose another with --rtmp-urls rtmp://*:PORT")]
        public static partial void PortTaken(ILogger logger, int port);

        [LoggerMessage(Level = LogLevel.Information, EventName = "ingest.not_encrypted", Message = "A connection to the RTMPS port was closed: no encryption was agreed on. {Detail}")]
        public static partial void NotEncrypted(ILogger logger, string detail);

        [LoggerMessage(Level = LogLevel.Error, EventName = "ingest.failed", Message = "An encoder's connection failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
