using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;
using Kinopress.Rtmp.Connections;
using Kinopress.Rtmp.Handshakes;

namespace Kinopress.Rtmp;

/// <summary>
/// A publisher's connection, seen from the server: <see cref="AcceptAsync"/>, then <see cref="GrantAsync"/> or <see cref="RefuseAsync"/>, then
/// <see cref="ReadAsync"/> until it says null, then <see cref="EndAsync"/>. One call at a time. The transport's pipes are completed by
/// <see cref="EndAsync"/> and <see cref="DisposeAsync"/>; its socket is the caller's.
/// </summary>
/// <remarks>
/// Any call may throw <see cref="RtmpProtocolException"/>; a peer that vanishes is not an exception. After one, or after a cancelled call, only
/// <see cref="EndAsync"/> and <see cref="DisposeAsync"/> make sense. Nothing is read while no call runs, so a slow caller slows the peer.
/// </remarks>
public sealed class RtmpServerSession : IAsyncDisposable
{
    private readonly RtmpServerOptions options;
    private readonly RtmpConnection connection;
    private readonly ServerDialogue dialogue;
    private TimestampUnwrapper timestamps;
    private AggregateSplitter? aggregate;
    private bool isGranted;

    public RtmpServerSession(IDuplexPipe transport, RtmpServerOptions options, TimeProvider clock)
    {
        this.options = options;
        connection = new RtmpConnection(transport, options.WriteTimeout, clock);
        dialogue = new ServerDialogue(connection, options);
    }

    /// <summary>All bytes received, for rates.</summary>
    public long ReceivedBytes => connection.ReceivedBytes;

    /// <summary>The publisher said that it stops, rather than vanishing: no reason to wait for it to come back.</summary>
    public bool IsEndedByPublisher { get; private set; }

    /// <summary>Handshake and commands up to publish.</summary>
    /// <returns>Null when the peer left before.</returns>
    public async Task<RtmpPublishRequest?> AcceptAsync(CancellationToken cancellationToken)
    {
        connection.Deadline.Start(options.HandshakeTimeout, RtmpFault.HandshakeTimedOut);
        if (!await ServerHandshake.RunAsync(connection, cancellationToken))
        {
            return null;
        }

        connection.Deadline.Start(options.PublishTimeout, RtmpFault.DialogueTimedOut);
        while (await connection.ReadAsync(cancellationToken) is { } message)
        {
            if (await StepAsync(message, cancellationToken) == DialogueStep.Publish)
            {
                connection.Deadline.Stop();
                return dialogue.Request;
            }
        }

        return null;
    }

    /// <summary>Tells the publisher to begin.</summary>
    public async Task GrantAsync(CancellationToken cancellationToken)
    {
        isGranted = true;
        connection.Allow(new ChunkLimits(Math.Min(options.MaxMessageSizeInBytes, ChunkLimits.LargestMessage), options.MaxUnfinishedSizeInBytes));
        await connection.SendAsync(ControlMessage.UserControl(UserControlEvent.StreamBegin, dialogue.StreamId), cancellationToken);
        await connection.SendAsync(
            Reply.Status(dialogue.StreamId, "status", StatusCode.PublishStart, "Publishing started.", new AmfProperty("clientid", new AmfNumber(1))),
            cancellationToken);
    }

    /// <summary>Turns the publisher away, and waits a moment for it to leave by itself.</summary>
    public async Task RefuseAsync(RtmpRefusal refusal, CancellationToken cancellationToken)
    {
        connection.Deadline.Start(options.RefusalLinger, RtmpFault.MediaTimedOut);
        try
        {
            await connection.SendAsync(Reply.Status(dialogue.StreamId, "error", refusal.Code, refusal.Description), cancellationToken);
            await connection.DrainAsync(cancellationToken);
        }
        catch (RtmpProtocolException)
        {
            // It did not leave. It goes now.
        }

        await connection.DisposeAsync();
    }

    /// <summary>The next message of the stream, in the order in which they were completed.</summary>
    /// <returns>Null when the publisher stopped or vanished; <see cref="IsEndedByPublisher"/> tells which. The caller disposes the message.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RtmpMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!isGranted)
        {
            throw new InvalidOperationException("Publishing has not been granted.");
        }

        if (IsEndedByPublisher)
        {
            return null;
        }

        connection.Deadline.Start(options.MediaTimeout, RtmpFault.MediaTimedOut);
        if (NextOfAggregate() is { } part)
        {
            return part;
        }

        while (await connection.ReadAsync(cancellationToken) is { } message)
        {
            if (message.IsCommand)
            {
                if (await StepAsync(message, cancellationToken) == DialogueStep.End)
                {
                    IsEndedByPublisher = true;
                    return null;
                }

                continue;
            }

            if (Deliver(message) is { } media)
            {
                return media;
            }
        }

        return null;
    }

    /// <summary>Says goodbye and completes the transport. The publisher is not waited for.</summary>
    public async Task EndAsync(RtmpEnding why, CancellationToken cancellationToken)
    {
        try
        {
            await SayGoodbyeAsync(why, cancellationToken);
        }
        catch (RtmpProtocolException)
        {
            // It does not read any more, so it need not be told.
        }

        await connection.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        aggregate?.Release();
        aggregate = null;
        await connection.DisposeAsync();
    }

    private async ValueTask<DialogueStep> StepAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (message.IsCommand)
        {
            return await dialogue.AnswerAsync(RtmpCommand.Take(message), message.StreamId, cancellationToken);
        }

        message.Release();
        return DialogueStep.GoOn;
    }

    private RtmpMessage? Deliver(IncomingMessage message)
    {
        switch (message.Type)
        {
            case MessageType.Audio or MessageType.Video:
                return Own(message, (RtmpMessageKind)message.Type, 0);
            case MessageType.Data or MessageType.DataAmf3:
                return Own(message, RtmpMessageKind.Data, DataFrame.OffsetOfTag(message.Body, message.Type == MessageType.DataAmf3));
            case MessageType.Aggregate:
                aggregate = new AggregateSplitter(message);
                return NextOfAggregate();
            default:
                message.Release();
                return null;
        }
    }

    private RtmpMessage Own(IncomingMessage message, RtmpMessageKind kind, int offset) =>
        new(kind, timestamps.Unwrap(message.Timestamp), message.Buffer, offset, message.Length - offset);

    private RtmpMessage? NextOfAggregate()
    {
        while (aggregate is not null)
        {
            if (!aggregate.TryNext(out var type, out var timestamp, out var body))
            {
                aggregate.Release();
                aggregate = null;
                return null;
            }

            if (type is MessageType.Audio or MessageType.Video or MessageType.Data)
            {
                return RtmpMessage.Copy((RtmpMessageKind)type, timestamps.Unwrap(timestamp), body[(type == MessageType.Data ? DataFrame.OffsetOfTag(body, isAmf3: false) : 0)..]);
            }
        }

        return null;
    }

    private async ValueTask SayGoodbyeAsync(RtmpEnding why, CancellationToken cancellationToken)
    {
        if (!isGranted)
        {
            return;
        }

        if (why == RtmpEnding.ServerStopping)
        {
            await connection.SendAsync(
                dialogue.CanReconnect
                    ? Reply.Status(0, "status", StatusCode.ReconnectRequest, "The server restarts.")
                    : ControlMessage.UserControl(UserControlEvent.StreamEnd, dialogue.StreamId),
                cancellationToken);
            return;
        }

        if (why == RtmpEnding.ByPublisher)
        {
            await connection.SendAsync(Reply.Notice("onFCUnpublish", StatusCode.UnpublishSuccess), cancellationToken);
        }

        await connection.SendAsync(Reply.Status(dialogue.StreamId, "status", StatusCode.UnpublishSuccess, GoodbyeFor(why)), cancellationToken);
    }

    private static string GoodbyeFor(RtmpEnding why) => why switch
    {
        RtmpEnding.TakenOver => "Another publisher took over.",
        RtmpEnding.ByOwner => "The live was ended on the site.",
        _ => "Publishing stopped.",
    };
}
