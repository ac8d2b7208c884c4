using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace Kinopress.Server.Ingest;

/// <summary>Reads whole messages of a WebSocket into one buffer, within bounds of size and time. One reader.</summary>
internal sealed class BrowserMessages : IDisposable
{
    private readonly WebSocket _socket;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenSource _patience; // one for all messages, a hundred of which come each second
    private readonly CancellationTokenRegistration _abort;
    private byte[] _buffer;
    private long _receivedBytes;

    /// <param name="aborted">Ends a read, and with it the socket.</param>
    public BrowserMessages(WebSocket socket, int firstBuffer, TimeProvider clock, CancellationToken aborted)
    {
        (_socket, _aborted) = (socket, aborted);
        _buffer = ArrayPool<byte>.Shared.Rent(firstBuffer);
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _abort = aborted.UnsafeRegister(static patience => ((CancellationTokenSource?)patience)?.Cancel(), _patience);
    }

    /// <summary>Of messages that arrived whole. May be read at the same time.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <returns>Null when the other side closes, sends nothing for too long, or sends too much.</returns>
    public async ValueTask<BrowserMessage?> ReadAsync(int maxSize, TimeSpan timeout)
    {
        _patience.CancelAfter(timeout);
        var length = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), _patience.Token);
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
        catch (OperationCanceledException) when (!_aborted.IsCancellationRequested)
        {
            return null; // it is silent
        }
    }

    public void Dispose()
    {
        _abort.Dispose();
        _patience.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

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
