namespace Kinopress.Media.Fmp4;

/// <summary>What <c>moof</c> says about its samples (ISO/IEC 14496-12 §8.8.4 to §8.8.12).</summary>
internal sealed record FragmentHeader(long DecodeTime, long Duration, bool StartsWithKeyframe)
{
    private const uint IsNotKeyframe = 0x00010000;

    public static FragmentHeader Parse(ReadOnlySpan<byte> moof, TrackHeader track)
    {
        var traf = ByteReader.Find(moof, BoxType.Traf);
        var (defaultDuration, defaultFlags) = Defaults(ByteReader.Find(traf, BoxType.Tfhd), track);
        var decodeTime = DecodeTimeOf(ByteReader.Find(traf, BoxType.Tfdt));
        var duration = 0L;
        uint? firstFlags = null;

        var reader = new ByteReader(traf);
        while (reader.TryBox(out var type, out var payload))
        {
            if (type == BoxType.Trun)
            {
                var run = SampleRun.Parse(payload, defaultDuration, defaultFlags);
                duration = checked(duration + run.Duration);
                firstFlags ??= run.FirstFlags;
            }
        }

        _ = checked(decodeTime + duration);
        return new FragmentHeader(decodeTime, duration, firstFlags is { } flags && (flags & IsNotKeyframe) == 0);
    }

    private static (uint Duration, uint Flags) Defaults(ReadOnlySpan<byte> tfhd, TrackHeader track)
    {
        var reader = new ByteReader(tfhd);
        var present = reader.UInt32();
        reader.Skip(4);
        reader.Skip((present & 0x01) != 0 ? 8 : 0);
        reader.Skip((present & 0x02) != 0 ? 4 : 0);
        var duration = (present & 0x08) != 0 ? reader.UInt32() : track.DefaultDuration;
        reader.Skip((present & 0x10) != 0 ? 4 : 0);
        return (duration, (present & 0x20) != 0 ? reader.UInt32() : track.DefaultFlags);
    }

    // Unsigned in the standard: a time before zero, which ffmpeg writes as it is, overflows here and is refused.
    private static long DecodeTimeOf(ReadOnlySpan<byte> tfdt)
    {
        var reader = new ByteReader(tfdt);
        var version = reader.UInt8();
        reader.Skip(3);
        return version == 1 ? checked((long)reader.UInt64()) : reader.UInt32();
    }
}
