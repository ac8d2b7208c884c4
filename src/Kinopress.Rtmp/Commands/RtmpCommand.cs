using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Commands;

/// <summary>A call or an answer: a name, a number that pairs the two, an object and what follows (RTMP 1.0 §7.2).</summary>
/// <param name="TransactionId">0 wants no answer.</param>
/// <param name="Object">The properties of connect and of its answer; null for most others.</param>
internal sealed record RtmpCommand(string Name, double TransactionId, AmfValue? Object, IReadOnlyList<AmfValue> Arguments)
{
    /// <summary>Reads a command and gives its buffer back.</summary>
    public static RtmpCommand Take(IncomingMessage message)
    {
        try
        {
            return Parse(message.Type, message.Body);
        }
        finally
        {
            message.Release();
        }
    }

    public static RtmpCommand Parse(MessageType type, ReadOnlySpan<byte> body)
    {
        // The AMF 3 form is one byte more in front of the same.
        var values = AmfReader.ReadAll(type == MessageType.CommandAmf3 && body is [0, ..] ? body[1..] : body);
        if (values is not [AmfString name, ..])
        {
            throw new RtmpProtocolException(RtmpFault.MalformedMessage, "A command has no name");
        }

        return new RtmpCommand(
            name.Value,
            values.Count > 1 ? values[1].AsNumber() ?? 0 : 0,
            values.Count > 2 && values[2] is not AmfNull ? values[2] : null,
            values.Count > 3 ? values[3..] : []);
    }

    /// <summary>The text at that place; null when there is none.</summary>
    public string? Text(int index) => index < Arguments.Count ? Arguments[index].AsText() : null;

    public byte[] Encode() => AmfWriter.Encode([new AmfString(Name), new AmfNumber(TransactionId), Object ?? AmfNull.Value, .. Arguments]);

    public OutgoingMessage ToMessage(int chunkStreamId, uint streamId) => new(chunkStreamId, MessageType.Command, streamId, 0, Encode());
}
