using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Commands;

/// <summary>Answers and notices a server sends.</summary>
internal static class Reply
{
    private const int CommandChunkStream = 3;
    private const int StatusChunkStream = 5;

    public static OutgoingMessage Result(double transactionId, AmfValue value) => Result(transactionId, AmfNull.Value, value);

    public static OutgoingMessage Result(double transactionId, AmfValue properties, AmfValue information) =>
        new RtmpCommand("_result", transactionId, properties, [information]).ToMessage(CommandChunkStream, 0);

    public static OutgoingMessage Error(double transactionId, string code, string description) =>
        new RtmpCommand("_error", transactionId, null, [Information("error", code, description)]).ToMessage(CommandChunkStream, 0);

    /// <summary><c>onStatus</c> (RTMP 1.0 §7.2.2): how the publishing of a message stream fares.</summary>
    public static OutgoingMessage Status(uint streamId, string level, string code, string description, params ReadOnlySpan<AmfProperty> more) =>
        new RtmpCommand("onStatus", 0, null, [Information(level, code, description, more)]).ToMessage(StatusChunkStream, streamId);

    /// <summary><c>onFCPublish</c> and its relatives, which old Flash encoders wait for.</summary>
    public static OutgoingMessage Notice(string name, string code) =>
        new RtmpCommand(name, 0, null, [new AmfObject([Text("code", code), Text("description", "")])]).ToMessage(CommandChunkStream, 0);

    public static AmfObject Information(string level, string code, string description, params ReadOnlySpan<AmfProperty> more) =>
        new([Text("level", level), Text("code", code), Text("description", description), .. more]);

    public static AmfProperty Text(string name, string value) => new(name, new AmfString(value));

    public static AmfProperty Number(string name, double value) => new(name, new AmfNumber(value));
}
