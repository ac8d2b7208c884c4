using System.Buffers;
using System.IO.Pipelines;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Connections;

/// <summary>Writes whole messages one after another and waits until the transport took them.</summary>
internal sealed class MessageSender : IAsyncDisposable
{
    private readonly PipeWriter output;
    private readonly TimeSpan timeout;
    private readonly ChunkWriter chunks = new();
    private readonly Deadline deadline;
    private readonly SemaphoreSlim turn = new(1, 1);

    public MessageSender(PipeWriter output, TimeSpan timeout, TimeProvider clock)
    {
        this.output = output;
        this.timeout = timeout;
        deadline = new Deadline(clock, output.CancelPendingFlush);
    }

    public bool IsGone { get; private set; }

    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsGone)
            {
                chunks.Write(output, message);
                await FlushAsync(cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        output.Write(bytes.Span);
        await FlushAsync(cancellationToken);
    }

    public async ValueTask UseChunkSizeAsync(int size, CancellationToken cancellationToken)
    {
        await SendAsync(ControlMessage.SetChunkSize(size), cancellationToken);
        chunks.UseChunkSize(size);
    }

    /// <remarks>What a peer does not take is dropped: completing the writer without an exception would wait for it, with no deadline.</remarks>
    public async ValueTask DisposeAsync()
    {
        deadline.Dispose();
        await output.CompleteAsync(IsGone ? new IOException("The peer does not read.") : null);
        turn.Dispose();
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            deadline.Start(timeout, RtmpFault.WriteTimedOut);
            var result = await output.FlushAsync(cancellationToken);
            while (result.IsCanceled)
            {
                deadline.ThrowIfPassed();
                result = await output.FlushAsync(cancellationToken);
            }

            isTaken = !result.IsCompleted;
        }
        catch (IOException)
        {
            // It left.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The transport was aborted underneath.
        }
        finally
        {
            IsGone = !isTaken; // also when it took too long, or this was cancelled in the middle
            deadline.Stop();
        }
    }
}
