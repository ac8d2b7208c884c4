using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kinopress.Rtmp;

namespace Kinopress.Testing;

/// <summary>A service that takes streams, and behaves as badly as a test wants. Disposing hangs up.</summary>
public sealed class TestDestination : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<TestDelivery, Task> _deliveries = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="isTls">With a certificate nobody trusts.</param>
    /// <param name="port">0 for any.</param>
    public TestDestination(bool isTls = false, int port = 0)
    {
        _certificate = isTls ? SelfSigned() : null;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "rtmp" : "rtmps")}://127.0.0.1:{Port}/app";

    /// <summary>The only key it takes.</summary>
    public string StreamKey { get; init; } = "good";

    /// <summary>It agrees, and then never reads again.</summary>
    public bool NeverReads { get; init; }

    /// <summary>What has been delivered, the first connection first; refused ones too.</summary>
    public IReadOnlyList<TestDelivery> Deliveries => [.. _deliveries.Keys.OrderBy(delivery => delivery.Number)];

    /// <summary>Hangs up on whoever sends, as a power cut would.</summary>
    public void HangUp()
    {
        foreach (var delivery in _deliveries.Keys)
        {
            delivery.HangUp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        HangUp();
        await _accepting;
        await Task.WhenAll(_deliveries.Values);
        _stopping.Dispose();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var delivery = new TestDelivery(number, await _listener.AcceptTcpClientAsync(_stopping.Token));
                _deliveries[delivery] = ServeAsync(delivery);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TestDelivery delivery)
    {
        try
        {
            Stream stream = delivery.Tcp.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
                stream = tls;
            }

            await using var session = new RtmpServerSession(new StreamPipe(stream), new RtmpServerOptions(), TimeProvider.System);
            if (await session.AcceptAsync(_stopping.Token) is not { } request)
            {
                return;
            }

            if (request.StreamKey != StreamKey)
            {
                delivery.IsRefused = true;
                await session.RefuseAsync(RtmpRefusal.BadName("No."), _stopping.Token);
                return;
            }

            await session.GrantAsync(_stopping.Token);
            if (NeverReads)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _stopping.Token);
            }

            while (await session.ReadAsync(_stopping.Token) is { } message)
            {
                using (message)
                {
                    delivery.Messages.Enqueue((message.Kind, message.TimestampInMilliseconds, message.Body.ToArray()));
                }
            }

            delivery.SaidGoodbye = session.IsEndedByPublisher;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or RtmpProtocolException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // It left, or the test did.
        }
        finally
        {
            delivery.HangUp();
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }
}

/// <summary>One connection to a <see cref="TestDestination"/>.</summary>
public sealed class TestDelivery(int number, TcpClient tcp)
{
    public int Number => number;

    public ConcurrentQueue<(RtmpMessageKind Kind, long Time, byte[] Body)> Messages { get; } = new();

    public bool IsRefused { get; internal set; }

    /// <summary>It ended by what the protocol has for it.</summary>
    public bool SaidGoodbye { get; internal set; }

    internal TcpClient Tcp => tcp;

    internal void HangUp() => tcp.Dispose();
}
