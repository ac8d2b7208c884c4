using System.Globalization;
using System.Numerics;

namespace Kinopress.Media.Fmp4;

/// <summary>RFC 6381 names from decoder configurations.</summary>
internal static class CodecNames
{
    /// <summary>RFC 6381 §3.3: profile, constraints, level.</summary>
    public static string Avc(string entry, ReadOnlySpan<byte> avcC)
    {
        var reader = new ByteReader(avcC);
        reader.Skip(1);
        return $"{entry}.{Convert.ToHexStringLower(reader.Take(3))}";
    }

    /// <summary>ISO/IEC 14496-15 annex E.3.</summary>
    public static string Hevc(string entry, ReadOnlySpan<byte> hvcC)
    {
        var reader = new ByteReader(hvcC);
        reader.Skip(1);
        var general = reader.UInt8();
        var compatibility = Reverse(reader.UInt32());
        var constraints = reader.Take(6).TrimEnd((byte)0);
        var level = reader.UInt8();
        var space = (general >> 6) switch { 0 => "", var n => ((char)('A' + n - 1)).ToString() };
        var tier = (general & 0x20) == 0 ? 'L' : 'H';
        var name = Text($"{entry}.{space}{general & 0x1F}.{compatibility:X}.{tier}{level}");
        foreach (var constraint in constraints)
        {
            name += Text($".{constraint:X}");
        }

        return name;
    }

    /// <summary>AV1 in ISO media §5: profile, level and tier, bit depth.</summary>
    public static string Av1(ReadOnlySpan<byte> av1C)
    {
        var reader = new ByteReader(av1C);
        reader.Skip(1);
        var (first, second) = (reader.UInt8(), reader.UInt8());
        var tier = (second & 0x80) == 0 ? 'M' : 'H';
        var depth = (second & 0x40) == 0 ? 8 : (second & 0x20) == 0 ? 10 : 12;
        return Text($"av01.{first >> 5}.{first & 0x1F:00}{tier}.{depth:00}");
    }

    /// <summary>VP codec ISO media file format binding: profile, level, bit depth.</summary>
    public static string Vp9(ReadOnlySpan<byte> vpcC)
    {
        var reader = new ByteReader(vpcC);
        reader.Skip(4);
        var (profile, level, depth) = (reader.UInt8(), reader.UInt8(), reader.UInt8());
        return Text($"vp09.{profile:00}.{level:00}.{depth >> 4:00}");
    }

    /// <summary>RFC 6381 §3.3: object type indication, then for MPEG-4 audio the audio object type.</summary>
    public static string Mp4Audio(ReadOnlySpan<byte> esds)
    {
        var reader = new ByteReader(esds);
        reader.Skip(4);
        Descriptor(ref reader, 0x03);
        reader.Skip(2);
        var flags = reader.UInt8();
        reader.Skip((flags & 0x80) != 0 ? 2 : 0);
        reader.Skip((flags & 0x40) != 0 ? reader.UInt8() : 0);
        reader.Skip((flags & 0x20) != 0 ? 2 : 0);
        Descriptor(ref reader, 0x04);
        var objectType = reader.UInt8();
        reader.Skip(12);
        if (objectType != 0x40)
        {
            return Text($"mp4a.{objectType:x2}");
        }

        Descriptor(ref reader, 0x05);
        var bits = reader.UInt16();
        var audioObjectType = bits >> 11;
        return audioObjectType == 31 ? Text($"mp4a.40.{32 + ((bits >> 5) & 0x3F)}") : Text($"mp4a.40.{audioObjectType}");
    }

    // Lengths take one to four bytes; they are not needed, as the fields follow at once.
    private static void Descriptor(ref ByteReader reader, byte tag)
    {
        if (reader.UInt8() != tag)
        {
            throw new InvalidFragmentedFileException("The sound's decoder configuration is malformed");
        }

        for (var i = 0; i < 4 && (reader.UInt8() & 0x80) != 0; i++)
        {
        }
    }

    private static uint Reverse(uint bits)
    {
        var reversed = 0u;
        for (var i = 0; i < 32; i++)
        {
            reversed = (reversed << 1) | (BitOperations.RotateRight(bits, i) & 1);
        }

        return reversed;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
