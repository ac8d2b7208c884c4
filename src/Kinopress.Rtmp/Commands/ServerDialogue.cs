using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Connections;

namespace Kinopress.Rtmp.Commands;

/// <summary>Answers a publisher's commands (RTMP 1.0 §7.2), in a way that encoders old and new are content with.</summary>
internal sealed class ServerDialogue(RtmpConnection connection, RtmpServerOptions options)
{
    private const int MaxStreams = 8;

    private RtmpCommand? connect;
    private int streams;
    private bool isPublishing;

    /// <summary>Set with <see cref="DialogueStep.Publish"/>.</summary>
    public RtmpPublishRequest? Request { get; private set; }

    /// <summary>The message stream that is published on.</summary>
    public uint StreamId { get; private set; }

    /// <summary>The client understands a request to connect anew.</summary>
    public bool CanReconnect => EnhancedRtmp.CapabilitiesIn(connect?.Object).HasFlag(RtmpCapabilities.Reconnect);

    public async ValueTask<DialogueStep> AnswerAsync(RtmpCommand command, uint streamId, CancellationToken cancellationToken)
    {
        if (connect is null != (command.Name == "connect"))
        {
            throw new RtmpProtocolException(RtmpFault.CommandOutOfOrder, connect is null ? "A command before connect" : "A second connect");
        }

        switch (command.Name)
        {
            case "connect":
                connect = command;
                await AnswerConnectAsync(command, cancellationToken);
                return DialogueStep.GoOn;
            case "createStream":
                await AnswerCreateStreamAsync(command, cancellationToken);
                return DialogueStep.GoOn;
            case "FCPublish":
                await AnswerNothingAsync(command, cancellationToken);
                await connection.SendAsync(Reply.Notice("onFCPublish", StatusCode.PublishStart), cancellationToken);
                return DialogueStep.GoOn;
            case "releaseStream" or "_checkbw":
                await AnswerNothingAsync(command, cancellationToken);
                return DialogueStep.GoOn;
            case "publish":
                return await PublishAsync(command, streamId, cancellationToken);
            case "FCUnpublish" or "deleteStream" or "closeStream" when isPublishing:
                return DialogueStep.End;
            case "play":
                await connection.SendAsync(Reply.Status(streamId, "error", StatusCode.PlayStreamNotFound, "Streams are not played here."), cancellationToken);
                return DialogueStep.GoOn;
            default:
                await RefuseUnknownAsync(command, cancellationToken);
                return DialogueStep.GoOn;
        }
    }

    private async ValueTask AnswerConnectAsync(RtmpCommand command, CancellationToken cancellationToken)
    {
        await connection.SendAsync(ControlMessage.WindowAcknowledgementSize(Acknowledgements.Window), cancellationToken);
        await connection.SendAsync(ControlMessage.SetPeerBandwidth(Acknowledgements.Window), cancellationToken);

        // Before any message longer than 128 bytes: the answer to connect is one.
        await connection.UseChunkSizeAsync(options.ChunkSizeInBytes, cancellationToken);
        var properties = new AmfObject([
            Reply.Text("fmsVer", "FMS/3,0,1,123"),
            Reply.Number("capabilities", 31),
            .. EnhancedRtmp.Answer(command.Object, options)]);
        var information = Reply.Information("status", StatusCode.ConnectSuccess, "Connection succeeded.", Reply.Number("objectEncoding", 0));
        await connection.SendAsync(Reply.Result(command.TransactionId, properties, information), cancellationToken);
    }

    private ValueTask AnswerCreateStreamAsync(RtmpCommand command, CancellationToken cancellationToken) =>
        streams == MaxStreams
            ? connection.SendAsync(Reply.Error(command.TransactionId, StatusCode.CallFailed, "There are too many streams."), cancellationToken)
            : connection.SendAsync(Reply.Result(command.TransactionId, new AmfNumber(++streams)), cancellationToken);

    private ValueTask AnswerNothingAsync(RtmpCommand command, CancellationToken cancellationToken) =>
        command.TransactionId == 0
            ? ValueTask.CompletedTask
            : connection.SendAsync(Reply.Result(command.TransactionId, AmfUndefined.Value), cancellationToken);

    private async ValueTask<DialogueStep> PublishAsync(RtmpCommand command, uint streamId, CancellationToken cancellationToken)
    {
        if (isPublishing)
        {
            await connection.SendAsync(
                Reply.Status(streamId, "error", StatusCode.PublishBadName, "This connection publishes already."), cancellationToken);
            return DialogueStep.GoOn;
        }

        isPublishing = true;
        StreamId = streamId;
        Request = RequestFrom(command);
        return DialogueStep.Publish;
    }

    private RtmpPublishRequest RequestFrom(RtmpCommand publish)
    {
        var (app, appQuery) = RtmpStreamKey.SplitQuery(connect?.Object?["app"]?.AsText() ?? "");
        var (name, nameQuery) = RtmpStreamKey.SplitQuery(publish.Text(0) ?? "");
        var address = connect?.Object?["tcUrl"] ?? connect?.Object?["tcurl"];
        return new RtmpPublishRequest(
            app.Trim().Trim('/'),
            name.Trim(),
            nameQuery ?? appQuery,
            address?.AsText()?.Trim().Trim('"'),
            connect?.Object?["flashVer"]?.AsText(),
            EnhancedRtmp.IsOffered(connect?.Object));
    }

    private async ValueTask RefuseUnknownAsync(RtmpCommand command, CancellationToken cancellationToken)
    {
        if (command.Name == "FCSubscribe")
        {
            await connection.SendAsync(Reply.Notice("onFCSubscribe", StatusCode.PlayStreamNotFound), cancellationToken);
            return;
        }

        // Answers to what we never asked need none.
        if (command.TransactionId != 0 && command.Name is not ("_result" or "_error"))
        {
            await connection.SendAsync(Reply.Error(command.TransactionId, StatusCode.CallFailed, "There is no such command here."), cancellationToken);
        }
    }
}
