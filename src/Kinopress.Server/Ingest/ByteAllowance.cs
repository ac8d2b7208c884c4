namespace Kinopress.Server.Ingest;

/// <summary>How many bytes a connection may send: so many a second, and a burst after a pause. Not thread-safe.</summary>
internal sealed class ByteAllowance(long bytesPerSecond, long burst, TimeProvider clock)
{
    private double _left = burst;
    private long _at = clock.GetTimestamp();

    /// <returns>False when it is too many.</returns>
    public bool TryTake(int bytes)
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(burst, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * bytesPerSecond));
        _at = now;
        if (bytes > _left)
        {
            return false;
        }

        _left -= bytes;
        return true;
    }
}
