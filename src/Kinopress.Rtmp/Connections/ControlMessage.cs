using System.Buffers.Binary;
using Kinopress.Rtmp.Chunks;

namespace Kinopress.Rtmp.Connections;

/// <summary>Messages about the connection itself: chunk stream 2, message stream 0 (RTMP 1.0 §5.4, §6.2, §7.1.7).</summary>
internal static class ControlMessage
{
    private const byte DynamicLimit = 2;

    public static OutgoingMessage SetChunkSize(int size) => Of(MessageType.SetChunkSize, UInt32((uint)size));

    public static OutgoingMessage Acknowledgement(uint receivedBytes) => Of(MessageType.Acknowledgement, UInt32(receivedBytes));

    public static OutgoingMessage WindowAcknowledgementSize(uint bytes) => Of(MessageType.WindowAcknowledgementSize, UInt32(bytes));

    public static OutgoingMessage SetPeerBandwidth(uint bytes) => Of(MessageType.SetPeerBandwidth, [.. UInt32(bytes), DynamicLimit]);

    public static OutgoingMessage UserControl(UserControlEvent kind, uint value) => Of(MessageType.UserControl, [0, (byte)kind, .. UInt32(value)]);

    private static OutgoingMessage Of(MessageType type, byte[] body) => new(2, type, 0, 0, body);

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>RTMP 1.0 §7.1.7.</summary>
internal enum UserControlEvent
{
    StreamBegin = 0,
    StreamEnd = 1,
    PingRequest = 6,
    PingResponse = 7,
}
