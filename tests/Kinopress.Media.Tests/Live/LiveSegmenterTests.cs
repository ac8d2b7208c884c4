using CsCheck;
using Kinopress.Media.Live;
using Kinopress.Media.Tests.Bitstreams;
using static Kinopress.Media.Tests.Live.LiveFeed;

namespace Kinopress.Media.Tests.Live;

public sealed class LiveSegmenterTests
{
    private static readonly LiveTracks Picture = new(Records.Picture(), null);
    private static readonly LiveTracks Sound = new(null, Records.Sound());

    [Theory]
    [InlineData(30, 60)]
    [InlineData(29.97, 60)]
    [InlineData(23.976, 48)]
    [InlineData(24, 48)]
    [InlineData(25, 50)]
    [InlineData(50, 100)]
    [InlineData(59.94, 120)]
    [InlineData(60, 120)]
    [InlineData(30, 250)]
    [InlineData(30, 30)]
    [InlineData(30, 600)]
    [InlineData(15, 30)]
    [InlineData(120, 240)]
    public void Steady_pictures_make_playlists_without_fault(double rate, int gop)
    {
        var run = LiveRun.Of(Records.Both, Interleave(Video(rate, (int)(rate * 30), gop, 0, 0, 80, -40), Audio(30)));

        Assert.Empty(run.Violations());
        Unharmed(run, Interleave(Video(rate, (int)(rate * 30), gop, 0, 0, 80, -40), Audio(30)));
        Assert.InRange(run.Parts.Count, 30 / 0.5, 90);
    }

    [Fact]
    public void Thirty_frames_a_second_make_four_parts_of_fifteen_frames()
    {
        var run = LiveRun.Of(Picture, Video(30, 300, 60));

        Assert.Equal(20, run.Parts.Count);
        Assert.All(run.Parts.SkipLast(1), part => Assert.Equal(0.5, part.Duration.TotalSeconds));
        Assert.Equal([1, 2, 3, 4, 5], run.Segments.Select(segment => segment.MediaSequence));
        Assert.All(run.Segments, segment => Assert.Equal((true, 4), (segment.IsIndependent, segment.Parts.Count)));
        Assert.Equal([0, 2, 4, 6, 8], run.Segments.Select(segment => (segment.ProgramDateTime - DateTimeOffset.UnixEpoch).TotalSeconds));
        Assert.All(run.Parts, part => Assert.Equal(part.Index == 0, part.IsIndependent));
    }

    [Theory]
    [InlineData(23.976, 48)]
    [InlineData(24, 48)]
    [InlineData(25, 50)]
    [InlineData(29.97, 60)]
    [InlineData(30, 60)]
    [InlineData(50, 100)]
    [InlineData(59.94, 120)]
    [InlineData(60, 120)]
    public void Two_seconds_are_four_nearly_equal_parts(double rate, int gop)
    {
        foreach (var targets in (LiveTargets[])[LiveTargets.For(rate), LiveTargets.For(null)])
        {
            // Encoders that reorder pictures, or round otherwise, are a few milliseconds off.
            var steady = LiveRun.Of(Picture, Video(rate, gop * 10, gop), targets);
            var trembling = LiveRun.Of(Picture, Video(rate, gop * 10, gop).Select((unit, n) => unit with { DecodeTime = unit.DecodeTime + (n * 7 % 5) }), targets);

            Assert.All(steady.Segments.Concat(trembling.Segments), segment =>
            {
                Assert.Equal(4, segment.Parts.Count);
                Assert.All(segment.Parts.SkipLast(1), part => Assert.InRange(part.Duration, targets.Part * 0.85, targets.Part));
                Assert.InRange(segment.Parts[^1].Duration, targets.Part * 0.8, targets.Part);
            });
            Assert.Empty(steady.Violations());
        }
    }

    [Fact]
    public void A_part_comes_out_with_the_first_frame_after_it()
    {
        var run = LiveRun.Of(Picture, Video(30, 300, 60));

        Assert.Equal(run.Parts.SkipLast(1).Select(part => (long)part.End.TotalMilliseconds), run.PartTimes.SkipLast(1));
    }

    [Fact]
    public void Without_keyframes_segments_are_cut_at_the_target_duration()
    {
        var run = LiveRun.Of(Picture, Video(30, 30 * 24, 600));

        Assert.All(run.Segments, segment => Assert.Equal(4, segment.Duration.TotalSeconds, 0.0011));
        Assert.Equal([true, false, false, false, false, true], run.Segments.Select(segment => segment.IsIndependent));
    }

    [Fact]
    public void Pictures_before_the_first_keyframe_are_left_out_with_their_sound()
    {
        var units = Interleave(Video(30, 90, 60).Skip(30), Audio(3));

        var run = LiveRun.Of(Records.Both, units);

        Assert.Equal("<key 2000>", run.Samples[0].Payload);
        Assert.Equal("<sound 1984>", run.Samples.First(sample => sample.Track == 2).Payload);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(2), run.Segments[0].ProgramDateTime);
    }

    [Fact]
    public void Sound_alone_makes_independent_parts_of_whole_frames()
    {
        var run = LiveRun.Of(Sound, Audio(20));

        Assert.Empty(run.Violations());
        Unharmed(run, Audio(20));
        Assert.All(run.Parts, part => Assert.True(part.IsIndependent));
        Assert.All(run.Parts.SkipLast(1), part => Assert.Equal(24 * 1024 / 48000.0, part.Duration.TotalSeconds, 6));
    }

    [Fact]
    public void Sound_that_starts_late_joins_the_pictures()
    {
        var units = Interleave(Video(30, 300, 60), Audio(5, start: 5000)).ToList();

        var run = LiveRun.Of(Records.Both, units);

        Assert.Empty(run.Violations());
        Unharmed(run, units);
    }

    [Theory]
    [InlineData(7, 1.0)]
    [InlineData(5, 1.4)]
    [InlineData(2, 2.0)]
    [InlineData(1, 2.0)]
    [InlineData(30, 0.51)]
    public void Slow_pictures_get_longer_parts(double rate, double part)
    {
        var targets = LiveTargets.For(rate);

        var run = LiveRun.Of(Picture, Video(rate, (int)(rate * 60), (int)(rate * 4)), targets);

        Assert.Equal(part, targets.Part.TotalSeconds);
        Assert.Empty(run.Violations());
        Unharmed(run, Video(rate, (int)(rate * 60), (int)(rate * 4)));
    }

    [Fact]
    public void Sound_keeps_parts_whole_where_pictures_are_rare()
    {
        var units = Interleave(Video(1, 30, 4), Audio(30)).ToList();

        var run = LiveRun.Of(Records.Both, units);

        Assert.Empty(run.Violations());
        Unharmed(run, units);
    }

    [Fact]
    public void A_picture_that_stops_does_not_stop_the_sound()
    {
        var units = Interleave(Video(30, 150, 60), Audio(30)).ToList();

        var run = LiveRun.Of(Records.Both, units);

        Assert.Empty(run.Violations());
        Unharmed(run, units);
        Assert.InRange(run.Segments.Sum(segment => segment.Duration.TotalSeconds), 29.9, 30.1);
    }

    [Fact]
    public void A_new_stretch_is_a_discontinuity_with_an_init_of_its_own()
    {
        var run = new LiveRun();
        run.Stretch(Records.Both, Interleave(Video(30, 100, 60), Audio(3.3)));
        run.Stretch(new LiveTracks(Records.Picture(Records.AvcFullHd), Records.Sound()), Interleave(Video(30, 100, 60, 9000), Audio(3.3, start: 9000)));
        run.Segmenter.Flush();
        run.Drain();

        Assert.Equal([1, 2], run.Outputs.OfType<LiveInit>().Select(init => init.Number));
        Assert.Equal([1, 2, 3, 4], run.Segments.Select(segment => segment.MediaSequence));
        Assert.Equal([false, false, true, false], run.Segments.Select(segment => segment.IsDiscontinuity));
        Assert.Equal([1, 1, 2, 2], run.Segments.Select(segment => segment.InitNumber));
        Assert.Equal(100 + 100, run.Samples.Count(sample => sample.Track == 1));
        Assert.Empty(run.Violations());
    }

    [Fact]
    public void Whatever_the_frames_are_nothing_is_lost_and_no_part_is_too_long() =>
        Gen.Select(Gen.Int[1, 900].Array[1, 120], Gen.Int[0, 8], Gen.Int[-200, 200], Gen.Bool, Gen.Int[-2000, 3000]).Sample((steps, gop, offset, hasSound, lead) =>
        {
            var time = 0L;
            var video = steps.Select((step, n) => LiveFeed.Picture((time += step) - step, n % (gop + 1) == 0, offset)).ToList();
            var audio = hasSound ? Audio(time / 1000.0) : [];
            // Sound may run ahead of the picture, or behind it, by seconds.
            var units = video.Concat(audio).OrderBy(unit => unit.DecodeTime + (unit.Track == LiveTrack.Audio ? lead - 450 : 0)).ToList();

            var run = LiveRun.Of(hasSound ? Records.Both : Picture, units);

            Unharmed(run, units);
            Assert.Empty(run.Violations(maySkimp: true));
        }, iter: 150);

    /// <summary>Every sample is there, in order, with its times; each track goes on without a hole where the source did.</summary>
    private static void Unharmed(LiveRun run, IEnumerable<AccessUnit> units)
    {
        foreach (var track in new[] { LiveTrack.Video, LiveTrack.Audio })
        {
            var samples = run.Samples.Where(sample => sample.Track == (track == LiveTrack.Video ? 1 : 2)).ToList();
            var source = units.Where(unit => unit.Track == track).ToList();
            Assert.Equal(source.Select(unit => System.Text.Encoding.ASCII.GetString(unit.Payload.Span)), samples.Select(sample => sample.Payload));
            Assert.All(samples.Zip(samples.Skip(1)), pair => Assert.Equal(pair.First.DecodeTime + pair.First.Duration, pair.Second.DecodeTime));
            if (track == LiveTrack.Video)
            {
                Assert.Equal(
                    source.Select(unit => ((unit.DecodeTime + 10_000) * 90, unit.CompositionOffset * 90, unit.IsKeyframe)),
                    samples.Select(sample => (sample.DecodeTime, sample.CompositionOffset, sample.IsKeyframe)));
            }
        }

        Assert.Equal(run.Segments.Select((_, n) => n + 1L), run.Segments.Select(segment => segment.MediaSequence));
        Assert.All(run.Parts, part => Assert.InRange(part.Duration, TimeSpan.FromTicks(1), run.Segmenter.Targets.Part));
        Assert.All(run.Segments, segment => Assert.Equal(segment.Parts.Sum(part => part.Duration.Ticks), segment.Duration.Ticks));
        Assert.All(run.Segments.Zip(run.Segments.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }
}
