using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Bitstreams;

/// <summary>AV1CodecConfigurationRecord (AV1 in ISO media §2.3.3) with the sequence header it holds (AV1 §5.5).</summary>
internal static class Av1Configuration
{
    private const int SequenceHeader = 1;

    public static VideoConfiguration? Parse(ReadOnlySpan<byte> record, out MediaRefusal? refusal)
    {
        refusal = null;
        if (record.Length < 4 || record[0] != 0x81
            || FindSequenceHeader(record[4..]) is not { IsEmpty: false } header || !TryRead(header, out var width, out var height, out var rate))
        {
            refusal = MediaRefusal.Malformed;
            return null;
        }

        if (!PictureSize.IsPossible(width, height))
        {
            refusal = MediaRefusal.PictureSize;
            return null;
        }

        return new VideoConfiguration
        {
            Codec = MediaCodec.Av1,
            Record = record.ToArray(),
            CodecName = CodecNames.Av1(record),
            Width = (int)width,
            Height = (int)height,
            FrameRate = rate,
        };
    }

    private static ReadOnlySpan<byte> FindSequenceHeader(ReadOnlySpan<byte> units)
    {
        while (units.Length >= 2)
        {
            var (type, hasExtension, hasSize) = ((units[0] >> 3) & 0xF, (units[0] & 4) != 0, (units[0] & 2) != 0);
            var rest = units[(hasExtension ? 2 : 1)..];
            long size = rest.Length;
            if (hasSize && !TryReadLeb128(ref rest, out size) || size > rest.Length)
            {
                return default;
            }

            if (type == SequenceHeader)
            {
                return rest[..(int)size];
            }

            units = rest[(int)size..];
        }

        return default;
    }

    private static bool TryReadLeb128(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (var i = 0; i < 5 && i < bytes.Length; i++)
        {
            value |= (long)(bytes[i] & 0x7F) << (i * 7);
            if ((bytes[i] & 0x80) == 0)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> header, out long width, out long height, out Rational? rate)
    {
        var reader = new BitReader(header);
        rate = null;
        reader.Skip(3 + 1);
        if (reader.Flag())
        {
            reader.Skip(5);
        }
        else
        {
            OperatingPoints(ref reader, ref rate);
        }

        var (widthBits, heightBits) = ((int)reader.Bits(4) + 1, (int)reader.Bits(4) + 1);
        (width, height) = (reader.Bits(widthBits) + 1L, reader.Bits(heightBits) + 1L);
        return !reader.IsExhausted;
    }

    private static void OperatingPoints(ref BitReader reader, ref Rational? rate)
    {
        var (hasModel, delayBits) = (false, 0);
        if (reader.Flag())
        {
            rate = Timing(ref reader);
            hasModel = reader.Flag();
            delayBits = hasModel ? (int)reader.Bits(5) + 1 : 0;
            reader.Skip(hasModel ? 32 + 5 + 5 : 0);
        }

        var hasDelay = reader.Flag();
        var points = reader.Bits(5) + 1;
        for (var i = 0; i < points && !reader.IsExhausted; i++)
        {
            reader.Skip(12);
            reader.Skip(reader.Bits(5) > 7 ? 1 : 0);
            reader.Skip(hasModel && reader.Flag() ? (delayBits * 2) + 1 : 0);
            reader.Skip(hasDelay && reader.Flag() ? 4 : 0);
        }
    }

    private static Rational? Timing(ref BitReader reader)
    {
        var (ticks, scale) = (reader.Bits(32), reader.Bits(32));
        if (!reader.Flag())
        {
            return null;
        }

        var perPicture = reader.Ue() + 1L;
        return ticks == 0 || scale == 0 ? null : new Rational(scale, ticks * perPicture);
    }
}
