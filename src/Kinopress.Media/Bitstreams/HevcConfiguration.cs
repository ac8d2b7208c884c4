using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Bitstreams;

/// <summary>HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1).</summary>
internal static class HevcConfiguration
{
    private const int Sps = 33;
    private const int FixedSize = 23;
    private const int MaxSpsSize = 1024;

    public static VideoConfiguration? Parse(ReadOnlySpan<byte> record, out MediaRefusal? refusal)
    {
        refusal = null;
        if (NalUnits.StartsWithStartCode(record))
        {
            refusal = MediaRefusal.HevcAnnexB;
            return null;
        }

        if (record.Length < FixedSize || record[0] != 1 || (record[21] & 3) == 2
            || FirstSps(record) is not { IsEmpty: false } sps || !TryReadSize(sps, out var width, out var height))
        {
            refusal = MediaRefusal.Malformed;
            return null;
        }

        if (!PictureSize.IsPossible(width, height))
        {
            refusal = MediaRefusal.PictureSize;
            return null;
        }

        // In frames per 256 seconds.
        var average = (record[19] << 8) | record[20];
        var copy = record.ToArray();
        copy[21] |= 3;
        return new VideoConfiguration
        {
            Codec = MediaCodec.Hevc,
            Record = copy,
            CodecName = CodecNames.Hevc("hvc1", record),
            Width = (int)width,
            Height = (int)height,
            FrameRate = average == 0 ? null : new Rational(average, 256),
            NalLengthSize = (record[21] & 3) + 1,
        };
    }

    private static ReadOnlySpan<byte> FirstSps(ReadOnlySpan<byte> record)
    {
        var rest = record[FixedSize..];
        ReadOnlySpan<byte> found = default;
        for (var array = 0; array < record[22]; array++)
        {
            if (rest.Length < 3)
            {
                return default;
            }

            var type = rest[0] & 0x3F;
            var count = (rest[1] << 8) | rest[2];
            rest = rest[3..];
            for (var i = 0; i < count; i++)
            {
                if (rest.Length < 2 || ((rest[0] << 8) | rest[1]) is var length && rest.Length - 2 < length)
                {
                    return default;
                }

                found = type == Sps && found.IsEmpty ? rest.Slice(2, length) : found;
                rest = rest[(2 + length)..];
            }
        }

        return found;
    }

    /// <summary>ITU-T H.265 §7.3.2.2.1 and §7.3.3, up to the conformance window.</summary>
    private static bool TryReadSize(ReadOnlySpan<byte> nalUnit, out long width, out long height)
    {
        Span<byte> payload = stackalloc byte[Math.Min(nalUnit.Length, MaxSpsSize)];
        var reader = new BitReader(EmulationPrevention.Remove(nalUnit, payload));
        reader.Skip(16 + 4);
        var subLayers = (int)reader.Bits(3);
        reader.Skip(1 + 88 + 8);
        SkipSubLayers(ref reader, subLayers);
        reader.Ue();
        var chroma = reader.Ue();
        reader.Skip(chroma == 3 ? 1 : 0);
        (width, height) = (reader.Ue(), reader.Ue());
        if (reader.Flag())
        {
            var (left, right, top, bottom) = (reader.Ue(), reader.Ue(), reader.Ue(), reader.Ue());
            width -= ((long)left + right) * (chroma is 1 or 2 ? 2 : 1);
            height -= ((long)top + bottom) * (chroma == 1 ? 2 : 1);
        }

        return !reader.IsExhausted;
    }

    private static void SkipSubLayers(ref BitReader reader, int count)
    {
        Span<bool> present = stackalloc bool[16];
        for (var i = 0; i < count; i++)
        {
            present[i * 2] = reader.Flag();
            present[(i * 2) + 1] = reader.Flag();
        }

        reader.Skip(count > 0 ? (8 - count) * 2 : 0);
        for (var i = 0; i < count; i++)
        {
            reader.Skip((present[i * 2] ? 88 : 0) + (present[(i * 2) + 1] ? 8 : 0));
        }
    }
}
