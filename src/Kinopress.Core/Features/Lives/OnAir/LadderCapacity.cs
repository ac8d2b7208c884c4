namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Processors that smaller qualities of lives may keep busy: all but one, which is for the site. Who does not fit any more
/// is shown as it comes. Thread-safe.
/// </summary>
public sealed class LadderCapacity(int processors)
{
    private readonly Lock _gate = new();
    private double _taken;

    public int Processors => processors;

    /// <summary>Null when there is no room. Dispose to give it back.</summary>
    public IDisposable? TryReserve(double cores)
    {
        lock (_gate)
        {
            if (_taken + cores > processors - 1)
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
