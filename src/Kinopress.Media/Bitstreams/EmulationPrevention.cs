namespace Kinopress.Media.Bitstreams;

/// <summary>The bytes that keep start codes out of NAL units (ITU-T H.264 §7.4.1).</summary>
internal static class EmulationPrevention
{
    /// <summary>Copies without them.</summary>
    /// <param name="payload">At least as long as the unit, or only what fits is copied.</param>
    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> nalUnit, Span<byte> payload)
    {
        var zeros = 0;
        var length = 0;
        foreach (var value in nalUnit)
        {
            if (length == payload.Length)
            {
                break;
            }

            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            payload[length++] = value;
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return payload[..length];
    }
}
