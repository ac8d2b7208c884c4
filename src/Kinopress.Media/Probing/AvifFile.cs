using System.Buffers.Binary;
using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Probing;

/// <summary>
/// The picture in an AVIF file (ISO/IEC 23008-12, AV1 Image File Format §2) as a stream of one AV1 frame, and its transparency as
/// another: what decoders of AV1 read that know no pictures. Of a file with several pictures it is the primary one.
/// </summary>
/// <param name="Colour">An IVF file.</param>
/// <param name="Alpha">An IVF file, whose brightness says how much is seen; null where all is.</param>
public sealed record AvifFile(byte[] Colour, byte[]? Alpha)
{
    private const uint Meta = 0x6D657461;
    private const uint Pitm = 0x7069746D;
    private const uint Iloc = 0x696C6F63;
    private const uint Iinf = 0x69696E66;
    private const uint Infe = 0x696E6665;
    private const uint Iref = 0x69726566;
    private const uint Auxl = 0x6175786C;
    private const uint Idat = 0x69646174;

    // An item in more pieces is nobody's picture.
    private const int MaxExtents = 64;

    /// <summary>Never throws on any input.</summary>
    /// <returns>Null when no picture is found, or it is made of tiles.</returns>
    public static AvifFile? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return ByteReader.TryFind(file, Meta, out var meta) && meta.Length > 4 ? Read(file, meta[4..]) : null;
        }
        catch (Exception exception) when (exception is InvalidFragmentedFileException or OverflowException)
        {
            return null;
        }
    }

    private static AvifFile? Read(ReadOnlySpan<byte> file, ReadOnlySpan<byte> meta)
    {
        if (!ByteReader.TryFind(meta, Pitm, out var primary) || !ByteReader.TryFind(meta, Iloc, out var places))
        {
            return null;
        }

        var reader = new ByteReader(primary);
        var id = Id(ref reader, isLong: (reader.UInt32() >> 24) > 0);
        if (TypeOf(meta, id) != BoxType.Av01 || Find(file, meta, places, id) is not { } colour)
        {
            return null;
        }

        var alphaId = meta.IndexOf("auxiliary:alpha"u8) < 0 ? null : AuxiliaryOf(meta, id);
        return new AvifFile(Ivf(colour), alphaId is { } alpha && TypeOf(meta, alpha) == BoxType.Av01 && Find(file, meta, places, alpha) is { } found ? Ivf(found) : null);
    }

    /// <summary>What kind of item it is; 0 when there is none of that number.</summary>
    private static uint TypeOf(ReadOnlySpan<byte> meta, uint id)
    {
        if (!ByteReader.TryFind(meta, Iinf, out var items))
        {
            return 0;
        }

        var reader = new ByteReader(items);
        reader.Skip((reader.UInt32() >> 24) == 0 ? 2 : 4);
        while (reader.TryBox(out var type, out var entry))
        {
            var item = new ByteReader(entry);
            if (type != Infe || (item.UInt32() >> 24) is not (>= 2 and var version) || Id(ref item, isLong: version > 2) != id)
            {
                continue;
            }

            item.Skip(2);
            return item.UInt32();
        }

        return 0;
    }

    /// <summary>The item that says more of another: its transparency.</summary>
    private static uint? AuxiliaryOf(ReadOnlySpan<byte> meta, uint id)
    {
        if (!ByteReader.TryFind(meta, Iref, out var references))
        {
            return null;
        }

        var reader = new ByteReader(references);
        var isLong = (reader.UInt32() >> 24) > 0;
        while (reader.TryBox(out var type, out var payload))
        {
            var reference = new ByteReader(payload);
            var from = Id(ref reference, isLong);
            if (type == Auxl && reference.UInt16() > 0 && Id(ref reference, isLong) == id)
            {
                return from;
            }
        }

        return null;
    }

    // ISO/IEC 14496-12 §8.11.3.
    private static byte[]? Find(ReadOnlySpan<byte> file, ReadOnlySpan<byte> meta, ReadOnlySpan<byte> places, uint id)
    {
        var reader = new ByteReader(places);
        var version = reader.UInt32() >> 24;
        var sizes = reader.UInt16();
        var count = version < 2 ? reader.UInt16() : reader.UInt32();
        for (uint number = 0; number < count; number++)
        {
            var isWanted = Id(ref reader, isLong: version > 1) == id;
            var method = version > 0 ? reader.UInt16() & 15 : 0;
            reader.Skip(2);
            var start = Number(ref reader, (sizes >> 4) & 15);
            var source = method == 1 && ByteReader.TryFind(meta, Idat, out var inside) ? inside : file;
            List<byte> content = [];
            var extents = reader.UInt16();
            for (var extent = 0; extent < extents; extent++)
            {
                reader.Skip(version > 0 ? sizes & 15 : 0);
                var offset = checked((int)(start + Number(ref reader, sizes >> 12)));
                var length = checked((int)Number(ref reader, (sizes >> 8) & 15));
                if (isWanted)
                {
                    content.AddRange(extent < MaxExtents && method < 2 ? Part(source, offset, length) : []);
                }
            }

            if (isWanted)
            {
                return content.Count == 0 ? null : [.. content];
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> source, int offset, int length)
    {
        var reader = new ByteReader(source);
        reader.Skip(offset);
        return reader.Take(length);
    }

    private static uint Id(ref ByteReader reader, bool isLong) => isLong ? reader.UInt32() : reader.UInt16();

    private static ulong Number(ref ByteReader reader, int size) => size switch
    {
        0 => 0,
        4 => reader.UInt32(),
        8 => reader.UInt64(),
        _ => throw new InvalidFragmentedFileException("A number of an item's place has an odd size"),
    };

    // A header of 32 bytes, and before each frame its length and time. A frame begins with a temporal delimiter (AV1 §7.5).
    private static byte[] Ivf(byte[] item)
    {
        var ivf = new byte[32 + 12 + 2 + item.Length];
        "DKIF"u8.CopyTo(ivf);
        BinaryPrimitives.WriteUInt16LittleEndian(ivf.AsSpan(6), 32);
        "AV01"u8.CopyTo(ivf.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(ivf.AsSpan(16), 25);
        BinaryPrimitives.WriteUInt32LittleEndian(ivf.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(ivf.AsSpan(24), 1);
        BinaryPrimitives.WriteInt32LittleEndian(ivf.AsSpan(32), item.Length + 2);
        ivf[44] = 0x12;
        item.CopyTo(ivf.AsSpan(46));
        return ivf;
    }
}
