using System.Buffers.Binary;

namespace Kinopress.Media.Bitstreams;

/// <summary>NAL units of H.264 and H.265, behind length fields or start codes (ISO/IEC 14496-15 §5.3.4.2; ITU-T H.264 annex B).</summary>
internal ref struct NalUnits
{
    private readonly int lengthSize;
    private ReadOnlySpan<byte> rest;

    private NalUnits(ReadOnlySpan<byte> bytes, int lengthSize)
    {
        rest = bytes;
        this.lengthSize = lengthSize;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>A length pointed past the end.</summary>
    public bool IsMalformed { get; private set; }

    public static NalUnits WithLengths(ReadOnlySpan<byte> bytes, int lengthSize) => new(bytes, lengthSize);

    public static NalUnits WithStartCodes(ReadOnlySpan<byte> bytes) => new(AfterStartCode(bytes, out _), 0);

    /// <summary>
    /// Whether the bytes start with a start code. As a length field the long one would say 1, and a NAL unit of one byte holds
    /// nothing; the short one looks like any length from 256 to 511.
    /// </summary>
    /// <param name="isCertain">The bytes make sense with length fields: the short start code does not count.</param>
    public static bool StartsWithStartCode(ReadOnlySpan<byte> bytes, bool isCertain = false) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 1]) || (!isCertain && bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 1]));

    public readonly NalUnits GetEnumerator() => this;

    public bool MoveNext() => lengthSize == 0 ? NextByStartCode() : NextByLength();

    private bool NextByLength()
    {
        if (rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (rest.Length < lengthSize)
        {
            IsMalformed = true;
            return false;
        }

        var length = lengthSize switch
        {
            1 => rest[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(rest),
            3 => (uint)((rest[0] << 16) | (rest[1] << 8) | rest[2]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(rest),
        };
        if (length > rest.Length - lengthSize)
        {
            IsMalformed = true;
            return false;
        }

        Current = rest.Slice(lengthSize, (int)length);
        rest = rest[(lengthSize + (int)length)..];
        return true;
    }

    private bool NextByStartCode()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var next = AfterStartCode(rest, out var length);
        Current = rest[..length].TrimEnd((byte)0);
        rest = next;
        return true;
    }

    /// <param name="before">Bytes before the start code: all when there is none.</param>
    private static ReadOnlySpan<byte> AfterStartCode(ReadOnlySpan<byte> bytes, out int before)
    {
        before = bytes.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        if (before >= 0)
        {
            return bytes[(before + 3)..];
        }

        before = bytes.Length;
        return default;
    }
}
