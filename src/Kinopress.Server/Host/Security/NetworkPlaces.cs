using System.Net;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// How many may have something at a time that costs memory for as long: in all, and from one network, so that nobody takes all of it. Thread-safe.
/// </summary>
/// <param name="isProxyFree">Who comes from this machine is a proxy that does not say for whom it asks, and counts in all only.</param>
internal abstract class NetworkPlaces(int max, int maxOfNetwork, bool isProxyFree)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);
    private int _taken;

    /// <returns>Null when there is no place left. Dispose to give it back.</returns>
    public IDisposable? TryTake(IPAddress? address)
    {
        var network = isProxyFree && address is not null && IPAddress.IsLoopback(address) ? null : RateLimits.NetworkOf(address);
        lock (_lock)
        {
            var ofNetwork = network is null ? 0 : _networks.GetValueOrDefault(network);
            if (_taken >= max || ofNetwork >= maxOfNetwork)
            {
                return null;
            }

            _taken++;
            if (network is not null)
            {
                _networks[network] = ofNetwork + 1;
            }
        }

        return new Place(this, network);
    }

    private void GiveBack(string? network)
    {
        lock (_lock)
        {
            _taken--;
            if (network is not null && --_networks[network] == 0)
            {
                _networks.Remove(network);
            }
        }
    }

    private sealed class Place(NetworkPlaces places, string? network) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                places.GiveBack(network);
            }
        }
    }
}
