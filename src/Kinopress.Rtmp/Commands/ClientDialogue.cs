using System.Security.Cryptography;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Connections;

namespace Kinopress.Rtmp.Commands;

/// <summary>What a publisher says, and what it makes of the server's answers (RTMP 1.0 §7.2).</summary>
internal sealed class ClientDialogue(RtmpConnection connection, RtmpTarget target, RtmpPublisherOptions options)
{
    private const int CommandChunkStream = 3;
    private const double ConnectTransaction = 1;

    private double transactions = ConnectTransaction;

    /// <summary>The message stream that is published on.</summary>
    public uint StreamId { get; private set; }

    /// <summary>From connect to the server's consent.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await connection.UseChunkSizeAsync(options.ChunkSizeInBytes, cancellationToken);
        await SendAsync(new RtmpCommand("connect", ConnectTransaction, new AmfObject([.. ConnectProperties()]), []), 0, cancellationToken);
        await ResultAsync(ConnectTransaction, cancellationToken);

        await CallAsync("releaseStream", cancellationToken, new AmfString(target.StreamKey));
        await CallAsync("FCPublish", cancellationToken, new AmfString(target.StreamKey));
        var created = await ResultAsync(await CallAsync("createStream", cancellationToken), cancellationToken);
        StreamId = created.Arguments is [AmfNumber { Value: >= 0 and <= uint.MaxValue } id, ..]
            ? (uint)id.Value
            : throw new RtmpProtocolException(RtmpFault.MalformedMessage, "The server created no stream");

        var publish = new RtmpCommand("publish", ++transactions, null, [new AmfString(target.StreamKey), new AmfString("live")]);
        await SendAsync(publish, StreamId, cancellationToken);
        await ConsentAsync(cancellationToken);
    }

    /// <summary>Says that the stream ends.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await CallAsync("FCUnpublish", cancellationToken, new AmfString(target.StreamKey));
        await CallAsync("deleteStream", cancellationToken, new AmfNumber(StreamId));
    }

    /// <summary>A refusal, if that is what the command is.</summary>
    public static RtmpRefusedException? RefusalIn(RtmpCommand command)
    {
        var information = command.Arguments.Count > 0 ? command.Arguments[0] : null;
        var isRefusal = command.Name == "onStatus" && information?["level"]?.AsText() == "error";
        return isRefusal ? Refusal(information, null) : null;
    }

    private IEnumerable<AmfProperty> ConnectProperties()
    {
        yield return Reply.Text("app", target.RequestedApp);
        yield return Reply.Text("type", "nonprivate");
        yield return Reply.Text("flashVer", options.FlashVersion);
        yield return Reply.Text("swfUrl", target.TcUrl);
        yield return Reply.Text("tcUrl", target.TcUrl);
        if (options.FourCcs.Count > 0)
        {
            yield return new AmfProperty("fourCcList", new AmfStrictArray([.. options.FourCcs.Select(fourCc => new AmfString(fourCc))]));
        }
    }

    private async Task<double> CallAsync(string name, CancellationToken cancellationToken, params AmfValue[] arguments)
    {
        await SendAsync(new RtmpCommand(name, ++transactions, null, arguments), 0, cancellationToken);
        return transactions;
    }

    private ValueTask SendAsync(RtmpCommand command, uint streamId, CancellationToken cancellationToken) =>
        connection.SendAsync(command.ToMessage(CommandChunkStream, streamId), cancellationToken);

    private async Task<RtmpCommand> ResultAsync(double transactionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var command = await NextAsync(cancellationToken);
            if (command.TransactionId != transactionId)
            {
                continue;
            }

            switch (command.Name)
            {
                case "_result":
                    return command;
                case "_error":
                    var information = command.Arguments.Count > 0 ? command.Arguments[0] : null;
                    var challenge = RandomNumberGenerator.GetHexString(8, lowercase: true);
                    throw Refusal(information, AdobeAuthentication.Next(target, information?["description"]?.AsText() ?? "", challenge));
            }
        }
    }

    private async Task ConsentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var command = await NextAsync(cancellationToken);
            if (command.Name == "onStatus" && command.Arguments is [var information, ..] && information["code"]?.AsText() == StatusCode.PublishStart)
            {
                return;
            }
        }
    }

    private async Task<RtmpCommand> NextAsync(CancellationToken cancellationToken)
    {
        while (await connection.ReadAsync(cancellationToken) is { } message)
        {
            if (!message.IsCommand)
            {
                message.Release();
                continue;
            }

            var command = RtmpCommand.Take(message);
            return RefusalIn(command) is { } refusal ? throw refusal : command;
        }

        throw new IOException("The server closed the connection before it agreed to anything.");
    }

    private static RtmpRefusedException Refusal(AmfValue? information, RtmpTarget? retryWith) =>
        new(information?["code"]?.AsText() ?? "", information?["description"]?.AsText() ?? "", retryWith);
}
