namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Processors that encoding lives may keep busy. Smaller qualities have all but one, which is for the site; a live they do
/// not fit for is shown as it comes. Thread-safe.
/// </summary>
public sealed class LadderCapacity(int processors)
{
    private readonly Lock _gate = new();
    private double _taken;

    public int Processors => processors;

    /// <summary>Null when there is no room. Dispose to give it back.</summary>
    public IDisposable? TryReserve(double cores) => TryReserve(cores, processors - 1);

    /// <summary>The same for what a live cannot do without: it may have the site's processor, too, as the site takes little of it.</summary>
    public IDisposable? TryReserveForSource(double cores) => TryReserve(cores, processors);

    private Place? TryReserve(double cores, int limit)
    {
        lock (_gate)
        {
            if (_taken + cores > limit)
            {
                return null;
            }

            _taken += cores;
        }

        return new Place(this, cores);
    }

    private sealed class Place(LadderCapacity capacity, double cores) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            lock (capacity._gate)
            {
                capacity._taken -= _isGivenBack ? 0 : cores;
                _isGivenBack = true;
            }
        }
    }
}
