using CsCheck;
using Kinopress.Media.Live;

namespace Kinopress.Media.Tests.Live;

public sealed class LiveTimelineTests
{
    private readonly LiveTimeline timeline = new();

    [Theory]
    [InlineData(0)]
    [InlineData(16_775_000)]
    [InlineData(4_294_967_290)]
    public void A_session_starts_at_zero_wherever_the_clock_does(long start)
    {
        Assert.Equal([0, 5, 33], [Video(start), Audio(start + 5), Video(start + 33)]);
        Assert.Equal(-20, new LiveTimeline() is var other && other.Map(LiveTrack.Video, start + 20).Milliseconds == 0 ? other.Map(LiveTrack.Audio, start).Milliseconds : 0);
    }

    [Fact]
    public void Times_that_do_not_rise_are_made_to()
    {
        Assert.Equal([0, 1, 2, 40], [Video(100), Video(100), Video(95), Video(140)]);
    }

    [Fact]
    public void A_pause_stays_a_pause()
    {
        Assert.Equal([0, 2500], [Video(0), Video(2500)]);
        Assert.False(timeline.Map(LiveTrack.Video, 5400).IsJump);
    }

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(-60_000)]
    [InlineData(-1_000)]
    public void A_jump_of_the_clock_counts_once_for_both_tracks(long jump)
    {
        foreach (var time in new[] { 100_000, 100_033, 100_066 })
        {
            Video(time);
            Audio(time + 2);
        }

        var first = timeline.Map(LiveTrack.Video, 100_100 + jump);
        var old = timeline.Map(LiveTrack.Audio, 100_090);
        var second = timeline.Map(LiveTrack.Audio, 100_110 + jump);

        Assert.Equal((101, true), (first.Milliseconds, first.IsJump));
        Assert.Equal((90, false), (old.Milliseconds, old.IsJump));
        Assert.Equal((111, false), (second.Milliseconds, second.IsJump));
        Assert.Equal(134, Video(100_133 + jump));
    }

    [Fact]
    public void Sound_that_was_silent_for_long_takes_up_the_clock_of_the_picture()
    {
        Audio(0);
        for (var time = 0; time <= 20_000; time += 40)
        {
            Video(time);
        }

        Assert.Equal(new LiveMoment(20_010, false), timeline.Map(LiveTrack.Audio, 20_010));
    }

    [Fact]
    public void A_new_connection_follows_on_the_last_moment_after_a_pause()
    {
        Video(500);
        Video(540);

        timeline.Reconnect(TimeSpan.FromSeconds(4));

        Assert.Equal(new LiveMoment(4073, false), timeline.Map(LiveTrack.Video, 9));
        Assert.Equal(4084, Audio(20));
    }

    [Fact]
    public void Whatever_the_clock_does_each_track_rises() =>
        Gen.Select(Gen.Bool, Gen.OneOf(Gen.Long[-100, 200], Gen.Long[-10_000, 10_000], Gen.Long[-5_000_000_000, 5_000_000_000])).Array[1, 200].Sample(steps =>
        {
            var map = new LiveTimeline();
            var (clock, last) = (0L, new Dictionary<LiveTrack, long>());
            foreach (var (isVideo, step) in steps)
            {
                var track = isVideo ? LiveTrack.Video : LiveTrack.Audio;
                var before = map.Milliseconds;
                var moment = map.Map(track, clock += step).Milliseconds;
                Assert.True(!last.TryGetValue(track, out var previous) || moment > previous);
                Assert.InRange(moment - before, long.MinValue, last.Count == 0 ? 0 : 10_000);
                last[track] = moment;
            }
        });

    private long Video(long timestamp) => timeline.Map(LiveTrack.Video, timestamp).Milliseconds;

    private long Audio(long timestamp) => timeline.Map(LiveTrack.Audio, timestamp).Milliseconds;
}
