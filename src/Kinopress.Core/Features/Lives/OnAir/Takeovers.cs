namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Notices two encoders that push each other out: each reconnects by itself, so that neither would ever stay.</summary>
internal sealed class Takeovers(TimeProvider clock)
{
    private const int Most = 2;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Queue<long> _times = new();

    /// <returns>False when the newcomer has to stay out.</returns>
    public bool Allows(Publisher old, Publisher newcomer)
    {
        if (old.Network == newcomer.Network)
        {
            return true; // the same place: the old connection is dead
        }

        while (_times.TryPeek(out var at) && clock.GetElapsedTime(at) > Memory)
        {
            _times.Dequeue();
        }

        if (_times.Count >= Most)
        {
            return false;
        }

        _times.Enqueue(clock.GetTimestamp());
        return true;
    }
}
