using System.Buffers.Binary;

namespace Kinopress.Media.Bitstreams;

/// <summary>The identification header of Opus (RFC 7845 §5.1) and the length of its packets (RFC 6716 §3.1).</summary>
internal static class OpusHead
{
    public const int Rate = 48000;
    private const int FixedSize = 19;

    public static AudioConfiguration? Parse(ReadOnlySpan<byte> record, out MediaRefusal? refusal)
    {
        refusal = null;
        if (record.Length < FixedSize || !record.StartsWith("OpusHead"u8) || (record[8] & 0xF0) != 0 || record[9] == 0
            || (record[18] != 0 && record.Length < FixedSize + 2 + record[9]))
        {
            refusal = MediaRefusal.Malformed;
            return null;
        }

        if (record[9] > 8 || record[18] > 1 || (record[18] == 0 && record[9] > 2))
        {
            refusal = MediaRefusal.UnknownAudio;
            return null;
        }

        return new AudioConfiguration
        {
            Codec = MediaCodec.Opus,
            Record = record.ToArray(),
            CodecName = "opus",
            SampleRate = Rate,
            OutputSampleRate = Rate,
            Channels = record[9],
            SamplesPerFrame = 0,
        };
    }

    /// <summary>Content of <c>dOps</c>: the same fields, big-endian and without the magic (Opus in ISO media §4.3.2).</summary>
    public static byte[] ToSpecificBox(ReadOnlySpan<byte> head)
    {
        var box = head[8..].ToArray();
        box[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(box.AsSpan(2), BinaryPrimitives.ReadUInt16LittleEndian(head[10..]));
        BinaryPrimitives.WriteUInt32BigEndian(box.AsSpan(4), BinaryPrimitives.ReadUInt32LittleEndian(head[12..]));
        BinaryPrimitives.WriteUInt16BigEndian(box.AsSpan(8), BinaryPrimitives.ReadUInt16LittleEndian(head[16..]));
        return head[18] == 0 ? box[..11] : box[..(13 + head[9])];
    }

    /// <summary>In samples at 48 kHz; zero for what is no packet.</summary>
    public static int SamplesIn(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return 0;
        }

        var configuration = packet[0] >> 3;
        var perFrame = configuration switch
        {
            < 12 => (configuration & 3) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 },
            < 16 => (configuration & 1) == 0 ? 480 : 960,
            _ => 120 << (configuration & 3),
        };
        var frames = (packet[0] & 3) switch { 0 => 1, 1 or 2 => 2, _ => packet.Length > 1 ? packet[1] & 0x3F : 0 };
        return perFrame * frames <= 5760 ? perFrame * frames : 0;
    }
}
