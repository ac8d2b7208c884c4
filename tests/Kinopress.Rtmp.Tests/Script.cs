using System.Buffers;
using System.Buffers.Binary;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;

namespace Kinopress.Rtmp.Tests;

/// <summary>The bytes of a peer, written down one after another.</summary>
internal sealed class Script
{
    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly ChunkWriter chunks = new();

    public byte[] Bytes => bytes.WrittenSpan.ToArray();

    /// <summary>A publisher up to the point where it may send media.</summary>
    public static Script Publishing(string app = "live", string name = "key", params AmfProperty[] offers) =>
        new Script().Handshake().Connect(app, offers).Command("createStream", 2).Command("publish", 3, streamId: 1, new AmfString(name), new AmfString("live"));

    public Script Handshake() => Raw([3, .. new byte[2 * 1536]]);

    public Script Connect(string app = "live", params AmfProperty[] offers) => Add(
        new RtmpCommand("connect", 1, new AmfObject([Reply.Text("app", app), Reply.Text("tcUrl", "rtmp://here/" + app), .. offers]), []).ToMessage(3, 0));

    public Script Command(string name, double transactionId, uint streamId = 0, params AmfValue[] arguments) =>
        Add(new RtmpCommand(name, transactionId, null, arguments).ToMessage(3, streamId));

    public Script Video(uint timestamp, params byte[] body) => Message(MessageType.Video, timestamp, body);

    public Script Audio(uint timestamp, params byte[] body) => Message(MessageType.Audio, timestamp, body);

    public Script Message(MessageType type, uint timestamp, params byte[] body) => Add(new OutgoingMessage(4 + ((int)type % 32), type, 1, timestamp, body));

    public Script Control(MessageType type, uint value)
    {
        var body = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(body, value);
        return Add(new OutgoingMessage(2, type, 0, 0, body));
    }

    public Script Add(OutgoingMessage message)
    {
        chunks.Write(bytes, message);
        return this;
    }

    public Script Raw(params ReadOnlySpan<byte> raw)
    {
        bytes.Write(raw);
        return this;
    }
}
