using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Bitstreams;

/// <summary>AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1).</summary>
internal static class AvcConfiguration
{
    private const int Sps = 7;
    private const int Pps = 8;

    public static VideoConfiguration? Parse(ReadOnlySpan<byte> record, out MediaRefusal? refusal)
    {
        if (NalUnits.StartsWithStartCode(record))
        {
            var made = FromAnnexB(record);
            return made is null ? Refuse(MediaRefusal.Malformed, out refusal) : Parse(made, out refusal);
        }

        if (record.Length < 8 || record[0] != 1 || FirstSps(record) is not { IsEmpty: false } sps || (record[4] & 3) == 2)
        {
            return Refuse(MediaRefusal.Malformed, out refusal);
        }

        if (!AvcSequenceParameters.TryParse(sps, out var parameters))
        {
            return Refuse(MediaRefusal.Malformed, out refusal);
        }

        if (!PictureSize.IsPossible(parameters.Width, parameters.Height))
        {
            return Refuse(MediaRefusal.PictureSize, out refusal);
        }

        refusal = null;
        return new VideoConfiguration
        {
            Codec = MediaCodec.Avc,
            Record = WithFourByteLengths(record),
            CodecName = CodecNames.Avc("avc1", record),
            Width = parameters.Width,
            Height = parameters.Height,
            FrameRate = parameters.FrameRate,
            NalLengthSize = (record[4] & 3) + 1,
        };
    }

    private static VideoConfiguration? Refuse(MediaRefusal reason, out MediaRefusal? refusal)
    {
        refusal = reason;
        return null;
    }

    // Verbatim, but frames are stored with four bytes of length, so the record has to say so.
    private static byte[] WithFourByteLengths(ReadOnlySpan<byte> record)
    {
        var copy = record.ToArray();
        copy[4] |= 3;
        return copy;
    }

    // Every length is checked, those of picture parameters too: decoders are less careful.
    private static ReadOnlySpan<byte> FirstSps(ReadOnlySpan<byte> record)
    {
        var rest = record[6..];
        ReadOnlySpan<byte> first = default;
        for (var i = 0; i < (record[5] & 0x1F); i++)
        {
            if (!TryTake(ref rest, out var unit) || unit.Length < 4 || (unit[0] & 0x1F) != Sps)
            {
                return default;
            }

            first = first.IsEmpty ? unit : first;
        }

        if (rest.IsEmpty)
        {
            return default;
        }

        var pictures = rest[0];
        rest = rest[1..];
        for (var i = 0; i < pictures; i++)
        {
            if (!TryTake(ref rest, out _))
            {
                return default;
            }
        }

        return first;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> unit)
    {
        unit = default;
        if (rest.Length < 2 || ((rest[0] << 8) | rest[1]) is var length && rest.Length - 2 < length)
        {
            return false;
        }

        unit = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        return true;
    }

    // Some encoders send what belongs into a transport stream.
    private static byte[]? FromAnnexB(ReadOnlySpan<byte> bytes)
    {
        List<byte[]> sequences = [], pictures = [];
        foreach (var unit in NalUnits.WithStartCodes(bytes))
        {
            var list = unit.IsEmpty ? null : (unit[0] & 0x1F) switch { Sps => sequences, Pps => pictures, _ => null };
            if (list is { Count: < 31 } && unit.Length is >= 4 and <= ushort.MaxValue)
            {
                list.Add(unit.ToArray());
            }
        }

        if (sequences.Count == 0 || pictures.Count == 0)
        {
            return null;
        }

        List<byte> record = [1, .. sequences[0].AsSpan(1, 3), 0xFF, (byte)(0xE0 | sequences.Count)];
        sequences.ForEach(Add);
        record.Add((byte)pictures.Count);
        pictures.ForEach(Add);
        return [.. record];

        void Add(byte[] unit) => record.AddRange([(byte)(unit.Length >> 8), (byte)unit.Length, .. unit]);
    }
}
