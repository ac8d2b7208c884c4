using System.Collections.Concurrent;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One-time passes to send a live from a page: a browser can put no header on a WebSocket, and a stream key has no place in
/// a page. Kept in memory for a minute. Thread-safe.
/// </summary>
public sealed class BroadcastTickets(TimeProvider clock)
{
    /// <summary>How long a ticket is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const string Prefix = "ticket_";
    private const int MaxTickets = 10_000;
    private const int MaxTicketLength = 100;

    private readonly ConcurrentDictionary<string, Issued> _issued = new(StringComparer.Ordinal);

    /// <returns>Null while far too many are waiting to be used.</returns>
    public BroadcastTicket? Issue(LiveIngest live)
    {
        Forget();
        if (_issued.Count >= MaxTickets)
        {
            return null;
        }

        var ticket = SecretToken.New(Prefix);
        _issued[Name(ticket)] = new Issued(live, clock.GetTimestamp());
        return new BroadcastTicket(ticket, clock.GetUtcNow() + Lifetime);
    }

    /// <summary>Uses a ticket up.</summary>
    /// <returns>Null for one that is unknown, used or too old.</returns>
    public LiveIngest? Take(string ticket) =>
        ticket.Length <= MaxTicketLength && _issued.TryRemove(Name(ticket), out var issued) && clock.GetElapsedTime(issued.At) <= Lifetime ? issued.Live : null;

    // Looked up by hash, so that how long a wrong one takes tells nothing.
    private static string Name(string ticket) => Convert.ToHexString(SecretToken.Hash(ticket));

    private void Forget()
    {
        foreach (var (name, issued) in _issued)
        {
            if (clock.GetElapsedTime(issued.At) > Lifetime)
            {
                _issued.TryRemove(name, out _);
            }
        }
    }

    private sealed record Issued(LiveIngest Live, long At);
}

/// <summary>A pass to send one live, once.</summary>
public sealed record BroadcastTicket(string Ticket, DateTimeOffset ExpiresAt);
