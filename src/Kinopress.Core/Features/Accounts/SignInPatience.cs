namespace Kinopress.Core.Features.Accounts;

/// <summary>
/// Slows down guessing without giving strangers a way to keep an account's owner out. Wrong passwords count for the place
/// they come from, and only that place has to wait. When an account gets very many of them from everywhere, places
/// that never signed in to it share a few tries a minute; those that did are not touched. Whether the account exists
/// changes nothing. Kept in memory by each node. Thread-safe.
/// </summary>
public sealed class SignInPatience(TimeProvider clock)
{
    /// <summary>Wrong passwords in a row before a place has to wait.</summary>
    public const int FreeTries = 5;

    /// <summary>Wrong passwords from everywhere, within <see cref="Memory"/>, before strange places share their tries.</summary>
    public const int CrowdSize = 100;

    /// <summary>Tries a minute that strange places share then.</summary>
    public const int CrowdTriesPerMinute = 6;

    /// <summary>The first wait of a place; each further wrong password doubles it.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>What is this old is forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private const int MostEntries = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, string Place), Count> _places = [];
    private readonly Dictionary<string, Count> _accounts = new(StringComparer.Ordinal);

    /// <summary>Null when a password may be looked at now; otherwise how long to wait.</summary>
    /// <param name="account">The address as typed; its case does not matter.</param>
    public TimeSpan? WaitFor(string account, SignInOrigin origin, bool isKnown)
    {
        var now = clock.GetUtcNow();
        var key = KeyOf(account);
        lock (_lock)
        {
            if (_places.GetValueOrDefault((key, origin.PlaceFor(isKnown))) is { } place && place.Until > now)
            {
                return place.Until - now;
            }

            if (isKnown || _accounts.GetValueOrDefault(key) is not { } crowd || crowd.Wrong < CrowdSize || crowd.IsForgotten(now))
            {
                return null;
            }

            if (now - crowd.MinuteBegan >= TimeSpan.FromMinutes(1))
            {
                crowd.MinuteBegan = now;
                crowd.TriesThisMinute = 0;
            }

            return crowd.TriesThisMinute++ < CrowdTriesPerMinute ? null : crowd.MinuteBegan + TimeSpan.FromMinutes(1) - now;
        }
    }

    public void CountWrong(string account, SignInOrigin origin, bool isKnown)
    {
        var now = clock.GetUtcNow();
        var key = KeyOf(account);
        lock (_lock)
        {
            var place = CountOf(_places, (key, origin.PlaceFor(isKnown)), now);
            if (++place.Wrong >= FreeTries)
            {
                var doublings = Math.Min(place.Wrong - FreeTries, 10);
                place.Until = now + TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << doublings, LongestWait.Ticks));
            }

            CountOf(_accounts, key, now).Wrong++;
        }
    }

    /// <summary>The right password: the place starts afresh.</summary>
    public void Forgive(string account, SignInOrigin origin, bool isKnown)
    {
        lock (_lock)
        {
            _places.Remove((KeyOf(account), origin.PlaceFor(isKnown)));
        }
    }

    private static Count CountOf<TKey>(Dictionary<TKey, Count> counts, TKey key, DateTimeOffset now)
        where TKey : notnull
    {
        if (counts.TryGetValue(key, out var known) && !known.IsForgotten(now))
        {
            known.LastWrong = now;
            return known;
        }

        MakeRoom(counts, now);
        return counts[key] = new Count { LastWrong = now, MinuteBegan = now };
    }

    // Names and places come from strangers, so their number has a bound: the forgotten go first, then the oldest half.
    private static void MakeRoom<TKey>(Dictionary<TKey, Count> counts, DateTimeOffset now)
        where TKey : notnull
    {
        if (counts.Count < MostEntries)
        {
            return;
        }

        var forgotten = counts.Where(count => count.Value.IsForgotten(now)).ToList();
        foreach (var (key, _) in forgotten.Count > 0 ? forgotten : [.. counts.OrderBy(count => count.Value.LastWrong).Take(MostEntries / 2)])
        {
            counts.Remove(key);
        }
    }

    private static string KeyOf(string account) => account.Trim().ToUpperInvariant();

    private sealed class Count
    {
        public int Wrong { get; set; }

        public DateTimeOffset LastWrong { get; set; }

        public DateTimeOffset Until { get; set; }

        public DateTimeOffset MinuteBegan { get; set; }

        public int TriesThisMinute { get; set; }

        public bool IsForgotten(DateTimeOffset now) => now - LastWrong > Memory;
    }
}

/// <summary>Where somebody who signs in comes from.</summary>
/// <param name="Network">The address, or what one person has of them.</param>
/// <param name="KnownAccount">The account this browser has signed in to before; null for a browser that has not.</param>
/// <param name="Browser">Tells browsers of the same account apart; null where <paramref name="KnownAccount"/> is.</param>
public sealed record SignInOrigin(string Network, Guid? KnownAccount, string? Browser)
{
    // A known browser counts for itself: whoever shares its network cannot make it wait.
    internal string PlaceFor(bool isKnown) => isKnown ? $"browser {Browser}" : $"network {Network}";
}
