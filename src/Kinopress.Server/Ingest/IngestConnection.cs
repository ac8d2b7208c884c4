using System.Net;
using System.Net.Sockets;

namespace Kinopress.Server.Ingest;

/// <summary>An encoder's connection, before TLS and RTMP. Disposing it closes it; one whose media is coming is first let read what was said last, for a moment.</summary>
internal sealed class IngestConnection : IAsyncDisposable
{
    private const int DrainBuffer = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly PacedStream _stream;

    /// <exception cref="SocketException">It has left already; so for <see cref="IOException"/>.</exception>
    public IngestConnection(Socket socket, IngestPulse pulse)
    {
        socket.NoDelay = true;
        _socket = socket;
        _stream = new PacedStream(new NetworkStream(socket, ownsSocket: true), pulse);
        RemoteEndPoint = socket.RemoteEndPoint;
    }

    /// <summary>Null when it left before anybody asked.</summary>
    public EndPoint? RemoteEndPoint { get; }

    public Stream Stream => _stream;

    /// <summary>Media is coming: read it several pieces at a time from now on.</summary>
    public void Pace() => _stream.IsPaced = true;

    public async ValueTask DisposeAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            if (_stream.IsPaced)
            {
                await DrainAsync(); // strangers are worth no second
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The encoder was faster, or goes on sending.
        }

        await _stream.DisposeAsync();
    }

    // A socket that is closed with media unread is reset, and takes with it what the encoder was told last.
    private async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        var unread = new byte[DrainBuffer];
        while (await _socket.ReceiveAsync(unread, patience.Token) > 0)
        {
            // Nobody wants it any more.
        }
    }
}
