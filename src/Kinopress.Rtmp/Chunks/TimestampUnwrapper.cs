namespace Kinopress.Rtmp.Chunks;

/// <summary>Continues a 32-bit clock of milliseconds over its wraps, every 49.7 days (RTMP 1.0 §4).</summary>
internal struct TimestampUnwrapper
{
    private long? last;

    /// <summary>A step of less than half the circle counts in its direction, so steps back stay steps back.</summary>
    public long Unwrap(uint timestamp)
    {
        var unwrapped = last is { } before ? before + (int)(timestamp - (uint)before) : timestamp;
        last = unwrapped;
        return unwrapped;
    }
}
