using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace Kinopress.Server.Ingest;

/// <summary>Reads whole messages of a WebSocket into one buffer, within bounds of size and time. One reader.</summary>
internal sealed class BrowserMessages(WebSocket socket, int firstBuffer, TimeProvider clock) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(firstBuffer);
    private long _receivedBytes;

    /// <summary>Of messages that arrived whole. May be read at the same time.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <returns>Null when the other side closes, sends nothing for too long, or sends too much.</returns>
    public async ValueTask<BrowserMessage?> ReadAsync(int maxSize, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, clock);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(_buffer.AsMemory(length), reading.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                length += received.Count;
                if (received.EndOfMessage)
                {
                    Interlocked.Add(ref _receivedBytes, length);
                    return new BrowserMessage(received.MessageType == WebSocketMessageType.Text, _buffer.AsMemory(0, length));
                }

                if (length >= maxSize)
                {
                    return null;
                }

                Grow(length);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // it is silent
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Grow(int length)
    {
        if (length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>A message.</summary>
/// <param name="Bytes">Valid until the next is read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BrowserMessage(bool IsText, ReadOnlyMemory<byte> Bytes);
