using System.Globalization;

namespace Kinopress.Media.Fmp4;

/// <summary>The one entry of <c>stsd</c>: codec and size.</summary>
internal sealed record SampleDescription(string Codecs, int? Width, int? Height)
{
    private const int VisualFields = 78;
    private const int AudioFields = 28;

    public static SampleDescription Parse(ReadOnlySpan<byte> stsd)
    {
        var reader = new ByteReader(stsd);
        reader.Skip(8);
        if (!reader.TryBox(out var type, out var entry))
        {
            throw new InvalidFragmentedFileException("There is no sample description");
        }

        return type switch
        {
            BoxType.Avc1 => Visual(entry, CodecNames.Avc("avc1", Configuration(entry, BoxType.AvcC))),
            BoxType.Avc3 => Visual(entry, CodecNames.Avc("avc3", Configuration(entry, BoxType.AvcC))),
            BoxType.Hvc1 => Visual(entry, CodecNames.Hevc("hvc1", Configuration(entry, BoxType.HvcC))),
            BoxType.Hev1 => Visual(entry, CodecNames.Hevc("hev1", Configuration(entry, BoxType.HvcC))),
            BoxType.Av01 => Visual(entry, CodecNames.Av1(Configuration(entry, BoxType.Av1C))),
            BoxType.Vp09 => Visual(entry, CodecNames.Vp9(Configuration(entry, BoxType.VpcC))),
            BoxType.Mp4a => new SampleDescription(CodecNames.Mp4Audio(SoundConfiguration(entry, BoxType.Esds)), null, null),
            BoxType.Opus => new SampleDescription("opus", null, null),
            _ => throw new InvalidFragmentedFileException(
                string.Create(CultureInfo.InvariantCulture, $"Unknown sample entry {type:x8}")),
        };
    }

    private static ReadOnlySpan<byte> Configuration(ReadOnlySpan<byte> entry, uint type) => After(entry, VisualFields, type);

    private static ReadOnlySpan<byte> SoundConfiguration(ReadOnlySpan<byte> entry, uint type) => After(entry, AudioFields, type);

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> entry, int fields, uint type)
    {
        var reader = new ByteReader(entry);
        reader.Skip(fields);
        return ByteReader.Find(reader.Take(reader.Remaining), type);
    }

    private static SampleDescription Visual(ReadOnlySpan<byte> entry, string codecs)
    {
        var reader = new ByteReader(entry);
        reader.Skip(24);
        return new SampleDescription(codecs, reader.UInt16(), reader.UInt16());
    }
}
