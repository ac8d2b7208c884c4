namespace Kinopress.Media.Live;

/// <summary>
/// Decode times of sound by counting samples: milliseconds are too coarse for frames of 21⅓. Follows the publisher's clock
/// again when both are more than 50 ms apart.
/// </summary>
internal sealed class AudioClock(int rate)
{
    private const int MaxDriftInMilliseconds = 50;

    private long next = -1;
    private bool isAhead;

    /// <param name="milliseconds">Of the publisher.</param>
    /// <param name="time">In ticks of the sample rate.</param>
    /// <param name="gap">Ticks between the end of the frame before and this one.</param>
    /// <returns>False when the frame is to be dropped: there is more sound than time.</returns>
    public bool TryAdvance(long milliseconds, int samples, out long time, out long gap)
    {
        var expected = (milliseconds + PartMuxer.FirstMillisecond) * rate / 1000;
        var limit = (long)rate * MaxDriftInMilliseconds / 1000;
        (time, gap) = (next, 0);
        if (next < 0)
        {
            time = Math.Max(0, expected);
            next = time + samples;
            return true;
        }

        // Dropping goes on until both agree to a frame, or it would be done one frame at a time, for ever.
        var drift = expected - next;
        isAhead = drift < -limit || (isAhead && drift < -samples);
        if (isAhead)
        {
            return false;
        }

        if (drift > limit)
        {
            (time, gap) = (expected, drift);
        }

        next = time + samples;
        return true;
    }
}
