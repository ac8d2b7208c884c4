namespace Kinopress.Media.Fmp4;

/// <summary>What <c>moov</c> says about the one track.</summary>
internal sealed record TrackHeader(
    uint Timescale, string Codecs, int? Width, int? Height, uint DefaultDuration, uint DefaultFlags)
{
    public static TrackHeader Parse(ReadOnlySpan<byte> moov)
    {
        RequireOneTrack(moov);
        var media = ByteReader.Find(moov, BoxType.Trak, BoxType.Mdia);
        var sample = SampleDescription.Parse(ByteReader.Find(media, BoxType.Minf, BoxType.Stbl, BoxType.Stsd));
        var (duration, flags) = Defaults(ByteReader.Find(moov, BoxType.Mvex, BoxType.Trex));
        return new TrackHeader(
            TimescaleOf(ByteReader.Find(media, BoxType.Mdhd)), sample.Codecs, sample.Width, sample.Height, duration, flags);
    }

    private static void RequireOneTrack(ReadOnlySpan<byte> moov)
    {
        var reader = new ByteReader(moov);
        var tracks = 0;
        while (reader.TryBox(out var type, out _))
        {
            tracks += type == BoxType.Trak ? 1 : 0;
        }

        if (tracks != 1)
        {
            throw new InvalidFragmentedFileException("There is not exactly one track");
        }
    }

    private static uint TimescaleOf(ReadOnlySpan<byte> mdhd)
    {
        var reader = new ByteReader(mdhd);
        var version = reader.UInt8();
        reader.Skip(version == 1 ? 3 + 16 : 3 + 8);
        var timescale = reader.UInt32();
        return timescale > 0 ? timescale : throw new InvalidFragmentedFileException("The timescale is zero");
    }

    private static (uint Duration, uint Flags) Defaults(ReadOnlySpan<byte> trex)
    {
        var reader = new ByteReader(trex);
        reader.Skip(12);
        var duration = reader.UInt32();
        reader.Skip(4);
        return (duration, reader.UInt32());
    }
}
