using System.Buffers.Binary;

namespace Kinopress.Media.Fmp4;

/// <summary>Writes boxes and big-endian numbers into memory that is known to be long enough.</summary>
internal ref struct BoxWriter(Span<byte> target)
{
    private readonly Span<byte> target = target;

    public int Position { get; private set; }

    /// <returns>To hand to <see cref="End"/>.</returns>
    public int Begin(uint type)
    {
        var start = Position;
        Position += 4;
        UInt32(type);
        return start;
    }

    /// <summary>A full box (ISO/IEC 14496-12 §4.2).</summary>
    /// <returns>To hand to <see cref="End"/>.</returns>
    public int Begin(uint type, byte version, uint flags)
    {
        var start = Begin(type);
        UInt32(((uint)version << 24) | flags);
        return start;
    }

    public readonly void End(int start) => BinaryPrimitives.WriteInt32BigEndian(target[start..], Position - start);

    public void UInt8(byte value) => target[Position++] = value;

    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target[Position..], (ushort)value);
        Position += 2;
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target[Position..], value);
        Position += 4;
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(target[Position..], value);
        Position += 4;
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(target[Position..], value);
        Position += 8;
    }

    public void Zeros(int count)
    {
        target.Slice(Position, count).Clear();
        Position += count;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[Position..]);
        Position += bytes.Length;
    }

    /// <summary>An empty full box but for a count of zero, as tables of fragmented files are.</summary>
    public void EmptyTable(uint type, int zeros)
    {
        var box = Begin(type, 0, 0);
        Zeros(zeros);
        End(box);
    }
}
