using System.Buffers.Binary;

namespace Kinopress.Rtmp.Chunks;

/// <summary>The first one to three bytes of a chunk (RTMP 1.0 §5.3.1.1).</summary>
/// <param name="Format">0 to 3: how much of the message header follows.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct BasicHeader(int Format, int ChunkStreamId, int Size)
{
    /// <summary>Basic header, message header of format 0, extended timestamp.</summary>
    public const int MaxChunkHeaderSize = 3 + 11 + 4;

    /// <summary>Bytes of the message header (§5.3.1.2).</summary>
    public int MessageHeaderSize => Format switch { 0 => 11, 1 => 7, 2 => 3, _ => 0 };

    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BasicHeader header)
    {
        header = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var size = (bytes[0] & 0x3f) switch { 0 => 2, 1 => 3, _ => 1 };
        if (bytes.Length < size)
        {
            return false;
        }

        var id = size switch
        {
            1 => bytes[0] & 0x3f,
            2 => 64 + bytes[1],
            _ => 64 + BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]),
        };
        header = new BasicHeader(bytes[0] >> 6, id, size);
        return true;
    }
}
