namespace Kinopress.Core.Features.Chat;

/// <summary>
/// When some listeners of a room are told what happened. An event goes out at once, but not within 75 ms after the last: what happens until then
/// goes as one batch. In a large room, where telling everybody takes longer than that, it goes out five times a second, at a moment of these
/// listeners' own: others have theirs before or after. Not thread-safe.
/// </summary>
/// <param name="phase">where in a fifth of a second the moment of these listeners lies</param>
internal sealed class FanOutSchedule(TimeSpan phase)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(75);
    public static readonly TimeSpan LargeInterval = TimeSpan.FromMilliseconds(200);

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
            DueAt = listeners < LargeRoom ? Next(now) : NextMoment(now);
        }
    }

    /// <summary>They were told.</summary>
    public void Done(DateTimeOffset now) => (_last, DueAt) = (now, DateTimeOffset.MaxValue);

    private DateTimeOffset Next(DateTimeOffset now)
    {
        var next = _last + Interval;
        return next > now && next - now <= Interval ? next : now; // a clock that was set back holds nobody up
    }

    private DateTimeOffset NextMoment(DateTimeOffset now) =>
        now.AddTicks(LargeInterval.Ticks - ((now.UtcTicks + LargeInterval.Ticks - phase.Ticks) % LargeInterval.Ticks));
}
