using Kinopress.Media.Hls;
using Kinopress.Media.Live;
using Kinopress.Media.Tests.Bitstreams;
using Kinopress.Testing.Live;
using static Kinopress.Media.Tests.Live.LiveFeed;

namespace Kinopress.Media.Tests.Live;

public sealed class LiveFollowerTests
{
    private static readonly LiveTracks Small = new(Records.Picture(Records.AvcFullHd), Records.Sound());

    private readonly LiveSegmenter leader = new(LiveTargets.Default);
    private readonly LiveFollower follower = new();
    private readonly LiveWindow window = new(new LiveWindowOptions { Targets = LiveTargets.Default, Prefix = "720/" });
    private readonly List<LiveOutput> led = [];
    private readonly List<LiveOutput> followed = [];
    private readonly LivePlaylistChecker checker = new();

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(2500)]
    public void It_cuts_where_the_leader_does_however_late_it_is(int lag)
    {
        follower.Begin(Small);

        Run(Both(0, 12), lag);
        End();

        Assert.Equal(Cuts(led), Cuts(followed));
        Assert.Equal(led.OfType<LiveSegment>().Select(segment => segment.Start), followed.OfType<LiveSegment>().Select(segment => segment.Start));
        Assert.Equal(led.OfType<LivePart>().Select(part => part.IsIndependent), followed.OfType<LivePart>().Select(part => part.IsIndependent));
        Assert.Equal(Samples(led), Samples(followed));
        Assert.Empty(checker.Violations);
    }

    [Fact]
    public void Pictures_that_the_leader_decodes_early_are_cut_at_the_same_picture()
    {
        follower.Begin(Small);
        leader.Begin(Records.Both, DateTimeOffset.UnixEpoch);
        foreach (var picture in Video(30, 301, 60))
        {
            leader.Append(picture with { CompositionOffset = 67 });
            Pass();
            follower.Append(picture with { DecodeTime = picture.DecodeTime + 67 });
            Drain();
        }

        End();

        Assert.Equal(Cuts(led), Cuts(followed));
        Assert.Equal(led.OfType<LivePart>().Select(part => part.IsIndependent), followed.OfType<LivePart>().Select(part => part.IsIndependent));
        Assert.Equal(Samples(led).Select(sample => sample.Payload), Samples(followed).Select(sample => sample.Payload));
    }

    [Fact]
    public void One_that_starts_late_begins_with_the_next_segment()
    {
        Run(Both(0, 5));
        follower.Begin(Small);
        Run(Both(5, 12));
        End();

        Assert.Equal(Cuts(led).Where(cut => cut.Sequence > 3), Cuts(followed));
        Assert.True(followed.OfType<LivePart>().First().IsIndependent);
        Assert.Equal(4, window.FirstMediaSequence);
        Assert.Empty(checker.Violations);
    }

    [Fact]
    public void Where_its_encoder_was_away_it_has_gaps()
    {
        follower.Begin(Small);
        Run(Both(0, 5));
        follower.Flush();
        Run(Both(5, 9), feed: false);
        follower.Begin(Small);
        Run(Both(9, 16));
        End();

        var segments = followed.OfType<LiveSegment>().ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], segments.Select(segment => segment.MediaSequence));
        Assert.Equal([4, 5], segments.Where(segment => segment.IsGap).Select(segment => segment.MediaSequence));
        Assert.Single(followed.OfType<LiveInit>());
        Assert.Contains("#EXT-X-GAP\n#EXTINF:2.00000,\n720/4.m4s\n", LiveRun.Text(window.Render().Full), StringComparison.Ordinal);
    }

    [Fact]
    public void A_discontinuity_of_the_leader_is_one_of_the_follower()
    {
        follower.Begin(Small);
        Run(Both(0, 5));
        leader.Begin(Records.Both, DateTimeOffset.UnixEpoch.AddSeconds(100));
        Pass();
        Run(Both(5, 10), begin: false);
        End();

        Assert.Equal(Cuts(led), Cuts(followed));
        Assert.Equal(
            led.OfType<LiveSegment>().Select(segment => (segment.IsDiscontinuity, segment.ProgramDateTime)),
            followed.OfType<LiveSegment>().Select(segment => (segment.IsDiscontinuity, segment.ProgramDateTime)));
        Assert.Empty(checker.Violations);
    }

    private static IEnumerable<AccessUnit> Both(int from, int until) => Interleave(
        Video(30, until * 30, 60).Where(unit => unit.DecodeTime >= from * 1000),
        Audio(until).Where(unit => unit.DecodeTime >= from * 1000));

    /// <param name="lag">Milliseconds by which the encoder's pictures come late.</param>
    private void Run(IEnumerable<AccessUnit> units, int lag = 0, bool feed = true, bool begin = true)
    {
        var encoder = new Queue<AccessUnit>();
        if (led.Count == 0 && begin)
        {
            leader.Begin(Records.Both, DateTimeOffset.UnixEpoch);
        }

        foreach (var unit in units)
        {
            leader.Append(unit);
            Pass();
            if (feed)
            {
                Feed(encoder, unit, lag);
            }
        }

        Feed(encoder, null, 0);
        Drain();
    }

    private void Feed(Queue<AccessUnit> encoder, AccessUnit? unit, int lag)
    {
        if (unit is { Track: LiveTrack.Audio })
        {
            follower.Append(unit.Value);
        }
        else if (unit is { } picture)
        {
            encoder.Enqueue(picture);
        }

        while (encoder.TryPeek(out var next) && (unit is null || next.DecodeTime <= unit.Value.DecodeTime - lag))
        {
            follower.Append(encoder.Dequeue());
            Drain();
        }
    }

    private void Pass()
    {
        while (leader.TryTake(out var output))
        {
            led.Add(output);
            follower.Follow(output);
        }

        Drain();
    }

    private void Drain()
    {
        var before = followed.Count;
        while (follower.TryTake(out var output))
        {
            followed.Add(output);
            window.Add(output);
        }

        if (followed.Count > before)
        {
            checker.Receive(TimeSpan.Zero, LiveRun.Text(window.Render().Full));
        }
    }

    private void End()
    {
        leader.Flush();
        Pass();
        follower.Flush();
        Drain();
    }

    private static IReadOnlyList<(long Sequence, int Index, TimeSpan Start, TimeSpan Duration)> Cuts(IEnumerable<LiveOutput> outputs) =>
        [.. outputs.OfType<LivePart>().Select(part => (part.MediaSequence, part.Index, part.Start, part.Duration))];

    private static IReadOnlyList<ReadSample> Samples(IEnumerable<LiveOutput> outputs) =>
        [.. outputs.OfType<LivePart>().SelectMany(part => FragmentReading.Samples(part.Bytes.Memory.Span)).OrderBy(sample => sample.Track)];
}
