namespace Kinopress.Core.Features.Chat;

/// <summary>
/// When a room tells its listeners what happened. An event goes out at once, but not within 75 ms after the last: what happens until then goes as
/// one batch. A large room always collects for 100 ms, since telling everybody takes it longer than that. Not thread-safe.
/// </summary>
internal sealed class FanOutSchedule
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(75);
    public static readonly TimeSpan LargeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How many listeners make a room large.</summary>
    public const int LargeRoom = 2000;

    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary><see cref="DateTimeOffset.MaxValue"/> when there is nothing to tell.</summary>
    public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Something happened in a room with so many listeners.</summary>
    public void Want(DateTimeOffset now, int listeners)
    {
        if (DueAt == DateTimeOffset.MaxValue)
        {
            DueAt = listeners < LargeRoom ? Next(now) : now + LargeInterval;
        }
    }

    /// <summary>Everybody was told.</summary>
    public void Done(DateTimeOffset now) => (_last, DueAt) = (now, DateTimeOffset.MaxValue);

    private DateTimeOffset Next(DateTimeOffset now)
    {
        var next = _last + Interval;
        return next > now && next - now <= Interval ? next : now; // a clock that was set back holds nobody up
    }
}
