namespace Kinopress.Server.Host;

/// <summary>
/// How often this node heard that something happened. Whoever caches takes the number before it reads, and keeps what it
/// read only while the number is the same: what was read before a change and kept after it would stay old until it ages.
/// Thread-safe.
/// </summary>
internal sealed class CacheEpoch
{
    private long _current;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>To be called before caches are emptied, never after.</summary>
    public void Advance() => Interlocked.Increment(ref _current);
}
