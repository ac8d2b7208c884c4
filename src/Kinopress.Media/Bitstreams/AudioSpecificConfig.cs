using System.Globalization;

namespace Kinopress.Media.Bitstreams;

/// <summary>AudioSpecificConfig of AAC (ISO/IEC 14496-3 §1.6.2.1), with SBR announced either way (§1.6.5).</summary>
internal static class AudioSpecificConfig
{
    private const int Lc = 2;
    private const int Sbr = 5;
    private const int Ps = 29;
    private const uint SyncExtension = 0x2B7;

    private static ReadOnlySpan<int> Rates =>
        [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    public static AudioConfiguration? Parse(ReadOnlySpan<byte> record, out MediaRefusal? refusal)
    {
        var reader = new BitReader(record);
        var named = ObjectType(ref reader);
        var rate = Rate(ref reader);
        var layout = (int)reader.Bits(4);
        var (type, output) = (named, rate);
        if (named is Sbr or Ps)
        {
            output = Rate(ref reader);
            type = ObjectType(ref reader);
        }

        if (reader.IsExhausted || rate <= 0 || output <= 0)
        {
            refusal = MediaRefusal.Malformed;
            return null;
        }

        if (type != Lc || layout is < 1 or > 7)
        {
            refusal = MediaRefusal.AacProfile;
            return null;
        }

        var isShort = reader.Flag();
        reader.Skip(reader.Flag() ? 14 : 0);
        reader.Skip(1);
        var announced = named is Sbr or Ps || TryReadSync(ref reader, ref output);
        refusal = null;
        return new AudioConfiguration
        {
            Codec = MediaCodec.Aac,
            Record = record.ToArray(),
            CodecName = string.Create(CultureInfo.InvariantCulture, $"mp4a.40.{(announced && named == Lc ? Sbr : named)}"),
            SampleRate = rate,
            OutputSampleRate = output,
            Channels = layout == 7 ? 8 : layout,
            SamplesPerFrame = isShort ? 960 : 1024,
            MayHaveImplicitSbr = !announced && rate <= 24000,
        };
    }

    private static int ObjectType(ref BitReader reader) =>
        (int)reader.Bits(5) is var type && type == 31 ? 32 + (int)reader.Bits(6) : type;

    /// <returns>Zero for an index that means nothing, and for rates no timescale should have.</returns>
    private static int Rate(ref BitReader reader)
    {
        var index = (int)reader.Bits(4);
        var rate = index == 15 ? (int)reader.Bits(24) : index < Rates.Length ? Rates[index] : 0;
        return rate is >= 4000 and <= 192000 ? rate : 0;
    }

    // Behind what an old decoder reads.
    private static bool TryReadSync(ref BitReader reader, ref int output)
    {
        if (reader.Remaining < 16 || reader.Bits(11) != SyncExtension || ObjectType(ref reader) != Sbr || !reader.Flag())
        {
            return false;
        }

        var rate = Rate(ref reader);
        output = rate > 0 && !reader.IsExhausted ? rate : output;
        return true;
    }
}
