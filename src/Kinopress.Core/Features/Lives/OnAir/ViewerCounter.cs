using System.Collections.Concurrent;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// How many people watch: whoever asked for a playlist in the last moments. Keeps hashes only, no addresses, and not more
/// than it can hold. Thread-safe.
/// </summary>
public sealed class ViewerCounter(TimeProvider clock)
{
    private const int Capacity = 100_000;

    // Longer than a player waits for a playlist, shorter than anybody wonders about the number.
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<int, long> _seen = new();

    /// <summary>The most there have been at a time.</summary>
    public int Peak { get; private set; }

    /// <param name="viewer">A hash of what tells viewers apart.</param>
    public void See(int viewer)
    {
        if (_seen.ContainsKey(viewer) || _seen.Count < Capacity)
        {
            _seen[viewer] = clock.GetTimestamp();
        }
    }

    /// <summary>Counts, and forgets who has gone. For one caller at a time.</summary>
    public int Count()
    {
        var now = clock.GetTimestamp();
        foreach (var (viewer, at) in _seen)
        {
            if (clock.GetElapsedTime(at, now) > Presence)
            {
                _seen.TryRemove(KeyValuePair.Create(viewer, at));
            }
        }

        var count = _seen.Count;
        Peak = Math.Max(Peak, count);
        return count;
    }
}
