using Kinopress.Core.Features.Chat;

namespace Kinopress.Core.Tests;

public sealed class FanOutScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 20, 0, 0, TimeSpan.Zero);

    private readonly FanOutSchedule _schedule = new(TimeSpan.FromMilliseconds(25));

    [Fact]
    public void Nothing_is_due_before_something_happened() => Assert.Equal(DateTimeOffset.MaxValue, _schedule.DueAt);

    [Fact]
    public void The_first_event_is_told_at_once()
    {
        _schedule.Want(Start, listeners: 3);

        Assert.Equal(Start, _schedule.DueAt);
    }

    [Fact]
    public void Events_shortly_after_it_are_told_together()
    {
        _schedule.Want(Start, listeners: 3);
        _schedule.Done(Start);

        _schedule.Want(Start.AddMilliseconds(10), listeners: 3);
        _schedule.Want(Start.AddMilliseconds(60), listeners: 3);

        Assert.Equal(Start + FanOutSchedule.Interval, _schedule.DueAt);
    }

    [Fact]
    public void After_a_pause_nobody_waits()
    {
        _schedule.Done(Start);

        _schedule.Want(Start.AddSeconds(1), listeners: 3);

        Assert.Equal(Start.AddSeconds(1), _schedule.DueAt);
    }

    [Fact]
    public void A_clock_that_was_set_back_holds_nobody_up()
    {
        _schedule.Done(Start);

        _schedule.Want(Start.AddHours(-1), listeners: 3);

        Assert.Equal(Start.AddHours(-1), _schedule.DueAt);
    }

    [Theory]
    [InlineData(0, 25)]
    [InlineData(10, 25)]
    [InlineData(25, 225)]
    [InlineData(30, 225)]
    public void A_large_room_tells_them_at_their_moment(int happenedAt, int toldAt)
    {
        _schedule.Want(Start.AddMilliseconds(happenedAt), FanOutSchedule.LargeRoom);

        Assert.Equal(Start.AddMilliseconds(toldAt), _schedule.DueAt);
    }
}
