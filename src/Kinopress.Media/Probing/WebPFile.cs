using System.Buffers.Binary;

namespace Kinopress.Media.Probing;

/// <summary>WebP's container (RFC 9649 §2): how large the picture is, how many there are, and the first by itself.</summary>
public static class WebPFile
{
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 16;

    // What each VP8 keyframe begins with, after its tag of three bytes (RFC 6386 §9.1).
    private static ReadOnlySpan<byte> StartCode => [0x9D, 0x01, 0x2A];

    /// <summary>Never throws on any input.</summary>
    /// <returns>Null when the file does not say how large it is.</returns>
    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        (int Width, int Height)? size = null;
        var frames = 0;
        for (var at = RiffHeader; TryChunk(file, at, out var type, out var payload); at = NextAfter(at, payload.Length))
        {
            size ??= SizeOf(type, payload);
            frames += type.SequenceEqual("ANMF"u8) ? 1 : 0;
        }

        return size is var (width, height) ? new PictureFile(PictureFormat.WebP, width, height, Math.Max(1, frames)) : null;
    }

    /// <summary>The first picture of one that moves as a file of its own. Decoders that know still WebP alone can read it.</summary>
    /// <returns>Null when there is none.</returns>
    public static byte[]? FirstFrame(ReadOnlySpan<byte> file)
    {
        for (var at = RiffHeader; TryChunk(file, at, out var type, out var payload); at = NextAfter(at, payload.Length))
        {
            if (type.SequenceEqual("ANMF"u8) && payload.Length > FrameHeader)
            {
                return Still(payload);
            }
        }

        return null;
    }

    // A frame is width and height less one, in 24 bits each after its place, and chunks as in a file of their own (§2.7.1.1).
    private static byte[] Still(ReadOnlySpan<byte> frame)
    {
        var chunks = frame[FrameHeader..];
        var hasAlpha = chunks.StartsWith("ALPH"u8);
        var canvas = hasAlpha ? ChunkHeader + 10 : 0;
        var still = new byte[RiffHeader + canvas + chunks.Length];
        "RIFF"u8.CopyTo(still);
        BinaryPrimitives.WriteInt32LittleEndian(still.AsSpan(4), still.Length - ChunkHeader);
        "WEBP"u8.CopyTo(still.AsSpan(8));
        if (hasAlpha)
        {
            "VP8X"u8.CopyTo(still.AsSpan(RiffHeader));
            still[RiffHeader + 4] = 10;
            still[RiffHeader + ChunkHeader] = 0x10; // it has transparency
            frame.Slice(6, 6).CopyTo(still.AsSpan(RiffHeader + ChunkHeader + 4));
        }

        chunks.CopyTo(still.AsSpan(RiffHeader + canvas));
        return still;
    }

    private static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload)
    {
        if (type.SequenceEqual("VP8X"u8) && payload.Length >= 10)
        {
            return (Int24(payload[4..]) + 1, Int24(payload[7..]) + 1);
        }

        if (type.SequenceEqual("VP8 "u8) && payload.Length >= 10 && payload[3..].StartsWith(StartCode))
        {
            return (BinaryPrimitives.ReadUInt16LittleEndian(payload[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(payload[8..]) & 0x3FFF);
        }

        if (!type.SequenceEqual("VP8L"u8) || payload.Length < 5)
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    private static bool TryChunk(ReadOnlySpan<byte> file, int at, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> payload)
    {
        type = payload = default;
        if (at > file.Length - ChunkHeader)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
        if (length < 0 || length > file.Length - at - ChunkHeader)
        {
            return false;
        }

        type = file.Slice(at, 4);
        payload = file.Slice(at + ChunkHeader, length);
        return true;
    }

    // Chunks are padded to even lengths.
    private static int NextAfter(int at, int length) => at + ChunkHeader + length + (length & 1);

    private static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
