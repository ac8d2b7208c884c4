using System.Net;
using System.Net.Sockets;

namespace Kinopress.Server.Ingest;

/// <summary>An encoder's connection, before TLS and RTMP. Disposing it closes it at once, after what was written.</summary>
internal sealed class IngestConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly PacedStream _stream;

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

    public ValueTask DisposeAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The encoder was faster.
        }

        return _stream.DisposeAsync();
    }
}
