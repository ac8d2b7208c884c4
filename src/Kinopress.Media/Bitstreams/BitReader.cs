namespace Kinopress.Media.Bitstreams;

/// <summary>Reads bits from the most significant on. Past the end everything is zero and <see cref="IsExhausted"/> tells.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private long position;

    /// <summary>More was asked for than there is: nothing read since can be believed.</summary>
    public readonly bool IsExhausted => position > bytes.Length * 8L;

    public readonly long Remaining => Math.Max(0, (bytes.Length * 8L) - position);

    public bool Flag() => Bits(1) != 0;

    /// <param name="count">At most 32.</param>
    public uint Bits(int count)
    {
        var value = 0u;
        for (var i = 0; i < count; i++)
        {
            var at = position + i;
            var bit = at < bytes.Length * 8L ? (bytes[(int)(at >> 3)] >> (7 - (int)(at & 7))) & 1 : 0;
            value = (value << 1) | (uint)bit;
        }

        position += count;
        return value;
    }

    public void Skip(int count) => position += count;

    /// <summary>An unsigned Exp-Golomb code (ITU-T H.264 §9.1).</summary>
    public uint Ue()
    {
        var zeros = 0;
        while (zeros < 32 && !IsExhausted && !Flag())
        {
            zeros++;
        }

        return zeros == 0 ? 0 : zeros >= 32 ? Invalid() : (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>A signed Exp-Golomb code (ITU-T H.264 §9.1.1).</summary>
    public int Se()
    {
        var code = Ue();
        return (code & 1) != 0 ? (int)((code >> 1) + 1) : -(int)(code >> 1);
    }

    private uint Invalid()
    {
        position = (bytes.Length * 8L) + 1;
        return 0;
    }
}
