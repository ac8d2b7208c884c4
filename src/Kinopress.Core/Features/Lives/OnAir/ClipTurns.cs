using System.Collections.Concurrent;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>How often one person may cut pieces out of lives: each is a copy on the disk. Thread-safe.</summary>
public sealed class ClipTurns(TimeProvider clock)
{
    private const int Most = 5;
    private const int MaxPeople = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, Queue<long>> _turns = new();

    /// <returns>False when this person has had enough for a while.</returns>
    public bool Take(Guid userId)
    {
        if (_turns.Count > MaxPeople)
        {
            _turns.Clear();
        }

        var times = _turns.GetOrAdd(userId, _ => new Queue<long>());
        lock (times)
        {
            while (times.TryPeek(out var at) && clock.GetElapsedTime(at) > Window)
            {
                times.Dequeue();
            }

            if (times.Count >= Most)
            {
                return false;
            }

            times.Enqueue(clock.GetTimestamp());
            return true;
        }
    }
}
