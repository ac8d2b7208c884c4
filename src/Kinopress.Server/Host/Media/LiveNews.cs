using System.Net;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Holds requests until a live is in another state: pages of waiting rooms, which would ask every few seconds and still be late.
/// They cost a place here and nothing else: what wakes them is about their live, and its state is read once for all. Thread-safe.
/// </summary>
internal sealed class LiveNews(LiveAudiences lives, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>Beyond it nobody of the network is held.</summary>
    public const int MaxWaitingOfNetwork = 500;

    // Proxies close what is silent for half a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Places _places = new();

    /// <summary>Something happened to a live, here or on another node, and what is kept of it was dropped.</summary>
    public void Raise(string publicId)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue(publicId, out var room))
            {
                room.Changed.Raise();
            }
        }
    }

    /// <summary>Completes when the live is in another state or gone, after 25 seconds, when the site stops, or at once where too many wait.</summary>
    public async Task WaitAsync(string publicId, LiveState changedFrom, IPAddress? address, CancellationToken cancellationToken)
    {
        using var place = _places.TryTake(address);
        if (place is null)
        {
            return;
        }

        var room = Enter(publicId);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            var started = clock.GetTimestamp();
            while (true)
            {
                var changed = room.Changed.WhenRaised;
                var live = await lives.GetAsync(publicId, stop.Token);
                if (live?.State != changedFrom || LongestWait - clock.GetElapsedTime(started) is not { Ticks: > 0 } left)
                {
                    return;
                }

                await LiveChange.WaitAsync(changed, left, clock, stop.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The site stops, and must not wait for those who wait.
        }
        finally
        {
            Leave(publicId, room);
        }
    }

    private Room Enter(string publicId)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(publicId, out var room))
            {
                _rooms[publicId] = room = new Room();
            }

            room.Waiting++;
            return room;
        }
    }

    private void Leave(string publicId, Room room)
    {
        lock (_lock)
        {
            if (--room.Waiting == 0)
            {
                _rooms.Remove(publicId);
            }
        }
    }

    private sealed class Places() : NetworkPlaces(max: 20_000, MaxWaitingOfNetwork, isProxyFree: false);

    private sealed class Room
    {
        public Signal Changed { get; } = new();

        /// <summary>Guarded by the lock.</summary>
        public int Waiting { get; set; }
    }
}
