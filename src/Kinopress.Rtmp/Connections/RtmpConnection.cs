using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Connections;

/// <summary>
/// Both ends' common ground over one transport: messages in and out, acknowledgements and pings answered in between. One reader at a time;
/// writers may be several.
/// </summary>
internal sealed class RtmpConnection : IAsyncDisposable
{
    private readonly PipeReader input;
    private readonly ChunkReader chunks = new(ChunkLimits.ForStrangers);
    private readonly Deadline deadline;
    private readonly MessageSender sender;
    private readonly Acknowledgements acknowledgements = new();
    private bool isDisposed;

    public RtmpConnection(IDuplexPipe transport, TimeSpan writeTimeout, TimeProvider clock)
    {
        input = transport.Input;
        deadline = new Deadline(clock, input.CancelPendingRead);
        sender = new MessageSender(transport.Output, writeTimeout, clock);
    }

    /// <summary>For the calls that read.</summary>
    public Deadline Deadline => deadline;

    /// <summary>All bytes read so far, the handshake's among them.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>The peer does not take what is sent any more.</summary>
    public bool IsGone => sender.IsGone;

    public void Allow(ChunkLimits limits) => chunks.Allow(limits);

    /// <summary>Raw bytes, for the handshake.</summary>
    /// <returns>False when the peer left before all had come.</returns>
    public async ValueTask<bool> FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (await TryReadAsync(cancellationToken) is { } result)
        {
            var part = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, target.Length));
            part.CopyTo(target.Span);
            target = target[(int)part.Length..];
            ReceivedBytes += part.Length;
            input.AdvanceTo(part.End);
            if (target.IsEmpty || (result.IsCompleted && part.IsEmpty))
            {
                return target.IsEmpty;
            }
        }

        return false;
    }

    /// <summary>The next message that is not about the connection itself.</summary>
    /// <returns>Null when the peer left. Otherwise the caller owns the message's buffer.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IncomingMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await TryReadAsync(cancellationToken) is { } result)
        {
            var isWhole = TryTake(result.Buffer, out var message);
            await AcknowledgeAsync(cancellationToken);
            if (isWhole && !await AnswerControlAsync(message, cancellationToken))
            {
                return message;
            }

            if (!isWhole && result.IsCompleted)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads and forgets until the peer leaves.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await TryReadAsync(cancellationToken) is { } result)
        {
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken) => sender.SendAsync(message, cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => sender.SendAsync(bytes, cancellationToken);

    /// <summary>Announces and uses a chunk size of our own.</summary>
    public ValueTask UseChunkSizeAsync(int size, CancellationToken cancellationToken) => sender.UseChunkSizeAsync(size, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        deadline.Dispose();
        await sender.DisposeAsync();
        await input.CompleteAsync();
        chunks.Dispose();
    }

    private async ValueTask<ReadResult?> TryReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                deadline.ThrowIfPassed();
                var result = await input.ReadAsync(cancellationToken);
                if (!result.IsCanceled)
                {
                    return result;
                }

                input.AdvanceTo(result.Buffer.Start);
            }
            catch (IOException)
            {
                return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The transport was aborted underneath.
                return null;
            }
        }
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out IncomingMessage message)
    {
        var rest = buffer;
        var isWhole = false;
        try
        {
            isWhole = chunks.TryRead(ref rest, out message);
            return isWhole;
        }
        finally
        {
            ReceivedBytes += buffer.Length - rest.Length;
            input.AdvanceTo(rest.Start, isWhole ? rest.Start : rest.End);
        }
    }

    private ValueTask AcknowledgeAsync(CancellationToken cancellationToken) =>
        acknowledgements.AreDue(ReceivedBytes) ? SendAsync(ControlMessage.Acknowledgement((uint)ReceivedBytes), cancellationToken) : ValueTask.CompletedTask;

    /// <returns>False when the message is not about the connection.</returns>
    private async ValueTask<bool> AnswerControlAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (message.Type is not (>= MessageType.SetChunkSize and <= MessageType.SetPeerBandwidth))
        {
            return false;
        }

        var answer = AnswerTo(message);
        message.Release();
        if (answer is { } reply)
        {
            await SendAsync(reply, cancellationToken);
        }

        return true;
    }

    private OutgoingMessage? AnswerTo(IncomingMessage message)
    {
        var body = message.Body;
        switch (message.Type)
        {
            case MessageType.WindowAcknowledgementSize when body.Length >= 4:
                acknowledgements.PeerWindow = BinaryPrimitives.ReadUInt32BigEndian(body);
                return null;
            case MessageType.SetPeerBandwidth when body.Length >= 4 && acknowledgements.TryAnnounce(BinaryPrimitives.ReadUInt32BigEndian(body), out var window):
                return ControlMessage.WindowAcknowledgementSize(window);
            case MessageType.UserControl when body.Length >= 6 && BinaryPrimitives.ReadUInt16BigEndian(body) == (int)UserControlEvent.PingRequest:
                return ControlMessage.UserControl(UserControlEvent.PingResponse, BinaryPrimitives.ReadUInt32BigEndian(body[2..]));
            default:
                return null;
        }
    }
}
