using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kinopress.Media.Bitstreams;

/// <summary>What a coded picture is made of.</summary>
/// <param name="IsWellFormed">Lengths fit, and there is at least one NAL unit.</param>
/// <param name="IsKeyframe">IDR or IRAP, or H.264 that recovers with its first picture (ITU-T H.264 §D.2.8).</param>
/// <param name="Size">In bytes, with four bytes of length before each NAL unit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NalPicture(bool IsWellFormed, bool IsKeyframe, int Size);

/// <summary>Looks into coded pictures, and stores NAL units behind four-byte lengths as MP4 wants them.</summary>
internal static class NalFormat
{
    private const int LengthSize = 4;
    private const byte SeiUnit = 6;
    private const byte RecoveryPoint = 6;

    public static NalPicture Inspect(NalUnits units, MediaCodec codec)
    {
        var (isKeyframe, size, count) = (false, 0, 0);
        while (units.MoveNext())
        {
            var unit = units.Current;
            if (unit.IsEmpty)
            {
                continue;
            }

            count++;
            size += LengthSize + unit.Length;
            isKeyframe |= codec == MediaCodec.Hevc ? ((unit[0] >> 1) & 0x3F) is >= 16 and <= 21 : IsKeyframe(unit);
        }

        return new NalPicture(!units.IsMalformed && count > 0, isKeyframe, size);
    }

    public static void Rewrite(NalUnits units, IBufferWriter<byte> output)
    {
        while (units.MoveNext())
        {
            if (!units.Current.IsEmpty)
            {
                BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(LengthSize), units.Current.Length);
                output.Advance(LengthSize);
                output.Write(units.Current);
            }
        }
    }

    private static bool IsKeyframe(ReadOnlySpan<byte> unit) => (unit[0] & 0x1F) switch
    {
        5 => true,
        SeiUnit => RecoversAtOnce(unit[1..]),
        _ => false,
    };

    // Messages follow one another; type and size are each a run of 255s and a last byte (ITU-T H.264 §7.3.2.3.1).
    private static bool RecoversAtOnce(ReadOnlySpan<byte> messages)
    {
        while (messages.Length > 2)
        {
            var type = Number(ref messages);
            var size = Number(ref messages);
            if (type == RecoveryPoint && !messages.IsEmpty)
            {
                // A count of no pictures is a single set bit.
                return (messages[0] & 0x80) != 0;
            }

            if (size >= messages.Length)
            {
                return false;
            }

            messages = messages[size..];
        }

        return false;
    }

    private static int Number(scoped ref ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        while (!bytes.IsEmpty && bytes[0] == 0xFF)
        {
            value += 255;
            bytes = bytes[1..];
        }

        if (!bytes.IsEmpty)
        {
            value += bytes[0];
            bytes = bytes[1..];
        }

        return value;
    }
}
