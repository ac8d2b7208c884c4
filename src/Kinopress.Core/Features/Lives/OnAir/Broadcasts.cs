using System.Collections.Concurrent;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Everything on air on this node, and for a minute what has just ended, so that players can finish. Thread-safe.</summary>
public sealed class Broadcasts(BroadcastTools tools)
{
    private readonly ConcurrentDictionary<string, Broadcast> _onAir = new(StringComparer.Ordinal);

    // Also those that have ended and are settled still, while their live is on air again.
    private readonly ConcurrentDictionary<Broadcast, bool> _running = new();
    private readonly RecentEndings _endings = new(tools.Clock);
    private readonly Lock _gate = new();

    /// <summary>Null when the live is not on air here.</summary>
    public Broadcast? Find(string publicId) => _onAir.GetValueOrDefault(publicId);

    public IReadOnlyList<Broadcast> List() => [.. _onAir.Values];

    /// <summary>Completes the next time an encoder begins to send, or a live leaves the air.</summary>
    public Task WhenChanged => tools.Changed.WhenRaised;

    /// <summary>
    /// Lets an encoder in. Whoever came with the same key before has to go: after a lost connection the old one is often
    /// still there, and does not know.
    /// </summary>
    /// <returns>
    /// <c>live.publishers_fight</c> when two networks push each other out again and again; <c>live.ended_just_now</c> when an
    /// encoder comes back to a live that its creator ended.
    /// </returns>
    public async Task<Result<BroadcastFeed>> JoinAsync(LiveIngest live, Publisher publisher, CancellationToken cancellationToken)
    {
        if (_endings.Has(live.PublicId, publisher.Network))
        {
            return LiveFailures.EndedJustNow;
        }

        while (true)
        {
            Broadcast broadcast;
            lock (_gate)
            {
                broadcast = _onAir.GetOrAdd(live.PublicId, _ => Begin(live));
                if (broadcast.HasEnded)
                {
                    broadcast = Begin(live);
                    _onAir[live.PublicId] = broadcast;
                }
            }

            if (await broadcast.JoinAsync(publisher, cancellationToken) is { } joined)
            {
                return joined;
            }
        }
    }

    /// <summary>Takes a live off the air where it is on air here; harmless where it is not.</summary>
    /// <param name="sessionId">Only this time on air: the live may be on air again already.</param>
    public async Task StopAsync(string publicId, Guid sessionId, LiveEndReason reason)
    {
        if (Find(publicId) is not { } broadcast || broadcast.SessionId != sessionId)
        {
            return;
        }

        if (reason == LiveEndReason.Creator && broadcast is { HasEnded: false, LastNetwork: { } network })
        {
            _endings.Add(publicId, network);
        }

        await broadcast.EndAsync(reason);
    }

    /// <summary>Ends everything, keeping what was recorded.</summary>
    public Task StopAllAsync() => Task.WhenAll(_running.Keys.Select(broadcast => broadcast.StopAsync()));

    private Broadcast Begin(LiveIngest live)
    {
        var broadcast = new Broadcast(live, tools, Forget);
        _running[broadcast] = true;
        return broadcast;
    }

    private void Forget(Broadcast broadcast)
    {
        _running.TryRemove(broadcast, out _);
        if (_onAir.TryRemove(KeyValuePair.Create(broadcast.Live.PublicId, broadcast)))
        {
            tools.Board.Remove(broadcast.Live.PublicId); // what it says is not of a newer session
        }
    }
}
