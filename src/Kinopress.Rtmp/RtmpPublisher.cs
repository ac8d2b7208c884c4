using System.IO.Pipelines;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;
using Kinopress.Rtmp.Connections;
using Kinopress.Rtmp.Handshakes;

namespace Kinopress.Rtmp;

/// <summary>Publishes a stream to another server. Writing is for one caller at a time; what the server says in between is answered on the side.</summary>
public sealed class RtmpPublisher : IAsyncDisposable
{
    private const int DataChunkStream = 5;
    private const int AudioChunkStream = 4;
    private const int VideoChunkStream = 6;

    private readonly RtmpConnection connection;
    private readonly ClientDialogue dialogue;
    private readonly CancellationTokenSource disposed = new();
    private bool isDisposed;

    private RtmpPublisher(RtmpConnection connection, ClientDialogue dialogue)
    {
        this.connection = connection;
        this.dialogue = dialogue;
        Completion = ListenAsync();
    }

    /// <summary>
    /// Ends when the connection does: without an error when either side closed it, with <see cref="RtmpRefusedException"/> when the server ended
    /// the stream and said why, with <see cref="RtmpProtocolException"/> when it made no sense.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Handshake, connect, createStream, publish.</summary>
    /// <param name="transport">Open, and through TLS where the target wants that. Completed when this throws or the publisher is disposed.</param>
    /// <exception cref="RtmpRefusedException">The server said no.</exception>
    /// <exception cref="RtmpProtocolException">The server made no sense or was too slow.</exception>
    /// <exception cref="IOException">The server left.</exception>
    public static async Task<RtmpPublisher> ConnectAsync(
        IDuplexPipe transport, RtmpTarget target, RtmpPublisherOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var opened = new RtmpConnection(transport, options.WriteTimeout, clock);
        try
        {
            opened.Deadline.Start(options.ConnectTimeout, RtmpFault.HandshakeTimedOut);
            if (!await ClientHandshake.RunAsync(opened, cancellationToken))
            {
                throw new IOException("The server closed the connection during the handshake.");
            }

            opened.Deadline.Start(options.ConnectTimeout, RtmpFault.DialogueTimedOut);
            var agreed = new ClientDialogue(opened, target, options);
            await agreed.OpenAsync(cancellationToken);
            opened.Deadline.Stop();
            opened.Allow(new ChunkLimits(options.MaxMessageSizeInBytes, 2 * options.MaxMessageSizeInBytes));
            return new RtmpPublisher(opened, agreed);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a message and waits until the transport took it.</summary>
    /// <param name="timestampInMilliseconds">Sent modulo 2^32. Servers expect streams to begin near zero.</param>
    /// <param name="body">The body of an FLV tag of that kind. Metadata is announced by <c>@setDataFrame</c> here.</param>
    /// <exception cref="IOException">The server left.</exception>
    /// <exception cref="RtmpRefusedException">The server ended the stream and said why.</exception>
    public async ValueTask WriteAsync(RtmpMessageKind kind, long timestampInMilliseconds, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await ThrowIfEndedAsync();
        var (chunkStream, type) = kind switch
        {
            RtmpMessageKind.Audio => (AudioChunkStream, MessageType.Audio),
            RtmpMessageKind.Video => (VideoChunkStream, MessageType.Video),
            _ => (DataChunkStream, MessageType.Data),
        };
        var sent = kind == RtmpMessageKind.Data ? DataFrame.Announced(body) : body;
        await connection.SendAsync(new OutgoingMessage(chunkStream, type, dialogue.StreamId, unchecked((uint)timestampInMilliseconds), sent), cancellationToken);
        await ThrowIfEndedAsync();
    }

    /// <summary>Says what the stream is, as <c>onMetaData</c>.</summary>
    public ValueTask WriteMetadataAsync(AmfEcmaArray metadata, CancellationToken cancellationToken) =>
        WriteAsync(RtmpMessageKind.Data, 0, RtmpDataMessage.Encode(RtmpDataMessage.Metadata, metadata), cancellationToken);

    /// <summary>Tells the server that the stream ends, and disposes.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!isDisposed && !Completion.IsCompleted)
        {
            await dialogue.CloseAsync(cancellationToken);
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await disposed.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
        disposed.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await connection.ReadAsync(disposed.Token) is { } message)
            {
                if (!message.IsCommand)
                {
                    message.Release();
                    continue;
                }

                if (ClientDialogue.RefusalIn(RtmpCommand.Take(message)) is { } refusal)
                {
                    throw refusal;
                }
            }
        }
        catch (OperationCanceledException) when (disposed.IsCancellationRequested)
        {
            // Disposed: nobody asks any more.
        }
    }

    private async ValueTask ThrowIfEndedAsync()
    {
        if (Completion.IsCompleted)
        {
            await Completion;
            throw new IOException("The server closed the connection.");
        }

        if (connection.IsGone)
        {
            throw new IOException("The server does not read any more.");
        }
    }
}
