using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;

namespace Kinopress.Core.Tests.OnAir;

/// <summary>What an encoder is told of the stream that arrives.</summary>
public sealed class StreamMeterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly StreamMeter _meter = new();

    [Fact]
    public void A_stream_that_arrives_at_half_its_pace_is_too_slow()
    {
        Assert.Contains("connection_too_slow", Codes(Send(start: 0, seconds: 10, pace: 0.5)));
    }

    [Fact]
    public void An_encoder_that_begins_again_at_zero_is_not_taken_for_slow()
    {
        Send(start: 3_600_000, seconds: 20);

        _meter.Restart();

        Assert.Empty(Codes(Send(start: 0, seconds: 10)));
    }

    [Fact]
    public void A_clock_that_steps_back_is_not_taken_for_slow()
    {
        Send(start: 3_600_000, seconds: 20);

        Assert.Empty(Codes(Send(start: 0, seconds: 10)));
    }

    [Fact]
    public void Nothing_is_said_in_the_first_seconds_after_a_pause()
    {
        Send(start: 0, seconds: 6);
        Measure(seconds: 20);

        _meter.Restart();

        Assert.Empty(Codes(Send(start: 30_000, seconds: 2)));
    }

    /// <summary>A picture each tenth of a second, a keyframe each two seconds, and the same in sound a little behind.</summary>
    private LiveHealth Send(long start, int seconds, double pace = 1)
    {
        LiveHealth? health = null;
        for (var frame = 0; frame < seconds * 10; frame++)
        {
            var time = start + (long)(frame * 100 * pace);
            _meter.Frame(time, 1000, isPicture: true, isKeyframe: time % 2000 == 0);
            _meter.Frame(Math.Max(0, time - 40), 100, isPicture: false, isKeyframe: true);
            health = frame % 10 == 9 ? _meter.Measure(Second) : health;
        }

        return health ?? Measure(1);
    }

    private LiveHealth Measure(int seconds)
    {
        var health = _meter.Measure(Second);
        for (var second = 1; second < seconds; second++)
        {
            health = _meter.Measure(Second);
        }

        return health;
    }

    private static IEnumerable<string> Codes(LiveHealth health) => health.Advice.Select(advice => advice.Code);
}
