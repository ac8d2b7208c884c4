namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Lives whose creators have just ended them: an encoder that connects again by itself would put them on air once more.
/// Remembers so many and for so long only. Thread-safe.
/// </summary>
internal sealed class RecentEndings(TimeProvider clock)
{
    /// <summary>How long the same network has to stay out.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(20);

    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<Ending> _endings = new();

    public void Add(string publicId, string network)
    {
        lock (_gate)
        {
            Forget();
            if (_endings.Count == Most)
            {
                _endings.Dequeue();
            }

            _endings.Enqueue(new Ending(publicId, network, clock.GetTimestamp()));
        }
    }

    public bool Has(string publicId, string network)
    {
        lock (_gate)
        {
            Forget();
            return _endings.Any(ending => ending.PublicId == publicId && ending.Network == network);
        }
    }

    private void Forget()
    {
        while (_endings.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) >= Memory)
        {
            _endings.Dequeue();
        }
    }

    private sealed record Ending(string PublicId, string Network, long At);
}
