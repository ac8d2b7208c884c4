namespace Kinopress.Core.Features.Chat;

/// <summary>
/// How fast one person may act: a few at once, then evenly; whoever overdoes it waits. Before anything that costs. Thread-safe.
/// </summary>
public sealed class ChatPace(int burst, TimeSpan window, TimeSpan penalty)
{
    private readonly Lock _lock = new();
    private double _left = burst;
    private DateTimeOffset _at = DateTimeOffset.MinValue;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset LastUsedAt => _at;

    /// <summary>Three messages in two seconds, then ten seconds of silence.</summary>
    public static ChatPace OfMessages() => new(burst: 3, window: TimeSpan.FromSeconds(2), penalty: TimeSpan.FromSeconds(10));

    /// <summary>A flurry of hearts, then a few a second.</summary>
    public static ChatPace OfReactions() => new(burst: 10, window: TimeSpan.FromSeconds(2), penalty: TimeSpan.Zero);

    /// <returns>Null when it may go on; otherwise how long to wait.</returns>
    public TimeSpan? Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _blockedUntil)
            {
                return _blockedUntil - now;
            }

            var passed = now > _at ? (now - _at).TotalSeconds : 0;
            _left = Math.Min(burst, _left + (Math.Min(passed, window.TotalSeconds) * burst / window.TotalSeconds));
            _at = now;
            if (_left >= 1)
            {
                _left--;
                return null;
            }

            _blockedUntil = now + penalty;
            return penalty > TimeSpan.Zero ? penalty : window / burst;
        }
    }
}
