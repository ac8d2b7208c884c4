using System.Collections.Concurrent;
using System.Net;

namespace Kinopress.Server.Ingest;

/// <summary>
/// How much one network may ask of the ingest: connections that have not shown a key yet, and wrong keys. Encoders retry a
/// wrong key for hours, so they are only slowed down. Thread-safe.
/// </summary>
internal sealed class IngestGuard(TimeProvider clock)
{
    private const int MaxStrangers = 10;
    private const int MaxWrongKeys = 10;
    private const int MaxNetworks = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Network> _networks = new(StringComparer.Ordinal);

    /// <summary>Takes a place for a connection nobody knows yet; null when its network has too many. Dispose to give it back.</summary>
    public IDisposable? TryEnter(EndPoint? endpoint)
    {
        if (_networks.Count > MaxNetworks)
        {
            Forget();
        }

        var network = _networks.GetOrAdd(NameOf(endpoint), _ => new Network());
        lock (network)
        {
            if (network.Strangers >= MaxStrangers || WrongKeys(network) >= MaxWrongKeys)
            {
                return null;
            }

            network.Strangers++;
        }

        return new Place(network);
    }

    public void NoteWrongKey(EndPoint? endpoint)
    {
        var network = _networks.GetOrAdd(NameOf(endpoint), _ => new Network());
        lock (network)
        {
            network.WrongKeys.Enqueue(clock.GetTimestamp());
        }
    }

    /// <summary>What tells networks apart: an IPv4 address, or the 64 bits an IPv6 network shares.</summary>
    public static string NameOf(EndPoint? endpoint) => endpoint is not IPEndPoint { Address: var address }
        ? ""
        : address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.MapToIPv4().ToString();

    private int WrongKeys(Network network)
    {
        while (network.WrongKeys.TryPeek(out var at) && clock.GetElapsedTime(at) > Memory)
        {
            network.WrongKeys.Dequeue();
        }

        return network.WrongKeys.Count;
    }

    private void Forget()
    {
        foreach (var (name, network) in _networks)
        {
            lock (network)
            {
                if (network.Strangers == 0 && WrongKeys(network) == 0)
                {
                    _networks.TryRemove(name, out _);
                }
            }
        }
    }

    private sealed class Network
    {
        public int Strangers { get; set; }

        public Queue<long> WrongKeys { get; } = new();
    }

    private sealed class Place(Network network) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            lock (network)
            {
                network.Strangers -= _isGivenBack ? 0 : 1;
                _isGivenBack = true;
            }
        }
    }
}
