using System.Buffers.Binary;

namespace Kinopress.Media.Fmp4;

/// <summary>Reads big-endian numbers; running out of bytes is an <see cref="InvalidFragmentedFileException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly int Remaining => rest.Length;

    public byte UInt8() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > rest.Length)
        {
            throw new InvalidFragmentedFileException("A box ends too early");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    /// <summary>The next child box; false at the end.</summary>
    public bool TryBox(out uint type, out ReadOnlySpan<byte> payload)
    {
        type = 0;
        payload = default;
        if (rest.Length < 8)
        {
            return false;
        }

        var size = UInt32();
        type = UInt32();
        payload = Take(size >= 8 ? checked((int)(size - 8)) : throw new InvalidFragmentedFileException("A box is smaller than its header"));
        return true;
    }

    /// <summary>The first child of a type; empty and false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> parent, uint wanted, out ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(parent);
        while (reader.TryBox(out var type, out payload))
        {
            if (type == wanted)
            {
                return true;
            }
        }

        payload = default;
        return false;
    }

    /// <summary>The first box at the end of a path of types.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> parent, params ReadOnlySpan<uint> path)
    {
        foreach (var type in path)
        {
            parent = TryFind(parent, type, out var payload)
                ? payload
                : throw new InvalidFragmentedFileException("A required box is missing");
        }

        return parent;
    }
}
