using CsCheck;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;
using Kinopress.Media.Tests.Bitstreams;
using Kinopress.Media.Tests.Live;
using Kinopress.Testing.Live;
using static Kinopress.Media.Tests.Live.LiveFeed;

namespace Kinopress.Media.Tests.Hls;

public sealed class LiveWindowTests
{
    private static readonly LiveTracks Picture = new(Records.Picture(), null);

    [Fact]
    public void A_playlist_is_written_as_RFC_8216bis_asks()
    {
        var run = new LiveRun();
        run.Stretch(Picture, Video(30, 91, 60));

        var text = LiveRun.Text(run.Window.Render(new RenditionReport("../480/live.m3u8", 2, 1)).Full);

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:4
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.00000,HOLD-BACK=12.00000,PART-HOLD-BACK=1.59000
            #EXT-X-PART-INF:PART-TARGET=0.53000
            #EXT-X-MEDIA-SEQUENCE:1
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-MAP:URI="s/init-1.mp4"
            #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:00.000Z
            #EXT-X-PART:DURATION=0.50000,URI="s/1.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.50000,URI="s/1.1.m4s"
            #EXT-X-PART:DURATION=0.50000,URI="s/1.2.m4s"
            #EXT-X-PART:DURATION=0.50000,URI="s/1.3.m4s"
            #EXTINF:2.00000,
            s/1.m4s
            #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:02.000Z
            #EXT-X-PART:DURATION=0.50000,URI="s/2.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.50000,URI="s/2.1.m4s"
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="s/2.2.m4s"
            #EXT-X-RENDITION-REPORT:URI="../480/live.m3u8",LAST-MSN=2,LAST-PART=1

            """,
            text);
    }

    [Fact]
    public void The_end_is_said_once_and_nothing_is_hinted()
    {
        var run = LiveRun.Of(Picture, Video(30, 91, 60));

        run.Window.End();

        var text = LiveRun.Text(run.Window.Render().Full);
        Assert.EndsWith("s/2.m4s\n#EXT-X-ENDLIST\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HINT", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(60)]
    [InlineData(1000)]
    public void A_window_slides_and_deltas_merge_to_the_whole(int seconds)
    {
        var run = new LiveRun(window: TimeSpan.FromSeconds(seconds));
        var (whole, deltas) = (new LivePlaylistChecker(), new LivePlaylistChecker());
        var shortest = long.MaxValue;
        run.Segmenter.Begin(Picture, DateTimeOffset.UnixEpoch);
        foreach (var unit in Video(30, 30 * 200, 60))
        {
            if (unit.DecodeTime == 100_000)
            {
                run.Segmenter.Begin(new LiveTracks(Records.Picture(Records.AvcFullHd), null), DateTimeOffset.UnixEpoch);
            }

            run.Segmenter.Append(unit);
            var before = run.Outputs.Count;
            run.Drain();
            if (run.Outputs.Count > before)
            {
                var playlist = run.Window.Render();
                whole.Receive(TimeSpan.FromMilliseconds(unit.DecodeTime), LiveRun.Text(playlist.Full));
                deltas.Receive(TimeSpan.FromMilliseconds(unit.DecodeTime), LiveRun.Text(playlist.Delta));
                deltas.Receive(TimeSpan.FromMilliseconds(unit.DecodeTime), LiveRun.Text(playlist.Full));
                shortest = Math.Min(shortest, playlist.Delta.Length);
            }
        }

        Assert.Empty(whole.Violations);
        Assert.Empty(deltas.Violations);
        Assert.Equal(Math.Max(1, 100 - (seconds / 2) - 1), run.Window.FirstMediaSequence, 2.0);
        Assert.InRange(run.Window.Render().Delta.Length, 1, 5000);
    }

    [Fact]
    public void Playlists_already_given_out_never_change()
    {
        var run = new LiveRun(window: TimeSpan.FromSeconds(30));
        var given = new List<(LivePlaylist Playlist, string Text)>();
        run.Segmenter.Begin(Picture, DateTimeOffset.UnixEpoch);
        foreach (var unit in Video(30, 30 * 120, 60))
        {
            run.Segmenter.Append(unit);
            run.Drain();
            if (run.Window.HasStarted && unit.IsKeyframe)
            {
                var playlist = run.Window.Render();
                given.Add((playlist, LiveRun.Text(playlist.Full)));
            }
        }

        Assert.All(given, pair => Assert.Equal(pair.Text, LiveRun.Text(pair.Playlist.Full)));
    }

    // Three seconds at 30 frames: segment 1 is complete with parts 0 to 3, of segment 2 there are parts 0 and 1.
    [Theory]
    [InlineData(null, null, LiveReloadVerdict.Serve)]
    [InlineData(0, null, LiveReloadVerdict.Serve)]
    [InlineData(1, null, LiveReloadVerdict.Serve)]
    [InlineData(2, null, LiveReloadVerdict.Wait)]
    [InlineData(3, null, LiveReloadVerdict.Wait)]
    [InlineData(4, null, LiveReloadVerdict.Refuse)]
    [InlineData(1, 3, LiveReloadVerdict.Serve)]
    [InlineData(1, 9, LiveReloadVerdict.Serve)]
    [InlineData(2, 1, LiveReloadVerdict.Serve)]
    [InlineData(2, 2, LiveReloadVerdict.Wait)]
    [InlineData(2, 7, LiveReloadVerdict.Wait)]
    [InlineData(2, 8, LiveReloadVerdict.Refuse)]
    [InlineData(3, 0, LiveReloadVerdict.Wait)]
    [InlineData(3, 6, LiveReloadVerdict.Refuse)]
    [InlineData(4, 0, LiveReloadVerdict.Refuse)]
    public void A_request_is_served_kept_waiting_or_refused(int? sequence, int? part, LiveReloadVerdict expected)
    {
        var run = new LiveRun();
        run.Stretch(Picture, Video(30, 91, 60));

        Assert.Equal(expected, run.Window.Render().Answer(new LiveReload(sequence, part, false)));
    }

    [Fact]
    public void A_part_past_the_end_of_a_segment_is_the_next_ones_first()
    {
        var run = new LiveRun();
        run.Stretch(Picture, Video(30, 61, 60));
        var beyond = new LiveReload(1, 4, false);

        Assert.Equal(LiveReloadVerdict.Wait, run.Window.Render().Answer(beyond));
        run.Stretch(Picture, Video(30, 20, 60, start: 2034));
        Assert.Equal(LiveReloadVerdict.Serve, run.Window.Render().Answer(beyond));
    }

    [Fact]
    public void An_ended_playlist_keeps_nobody_waiting()
    {
        var run = LiveRun.Of(Picture, Video(30, 91, 60));
        run.Window.End();

        Assert.Equal(LiveReloadVerdict.Serve, run.Window.Render().Answer(new LiveReload(99, 9, true)));
    }

    [Theory]
    [InlineData("5", "1", "YES", true, 5L, 1, true)]
    [InlineData("5", null, "v2", true, 5L, null, true)]
    [InlineData(null, null, "no", true, null, null, false)]
    [InlineData(null, "1", null, false, null, null, false)]
    [InlineData("-1", null, null, false, null, null, false)]
    [InlineData("x", null, null, false, null, null, false)]
    [InlineData("1", "1.5", null, false, null, null, false)]
    [InlineData("99999999999999999999", null, null, false, null, null, false)]
    public void Directives_are_numbers(string? sequence, string? part, string? skip, bool isGood, long? expected, int? index, bool maySkip)
    {
        Assert.Equal(isGood, LiveReload.TryParse(sequence, part, skip, out var reload));
        Assert.Equal(new LiveReload(expected, index, maySkip), reload);
    }

    [Fact]
    public void Whatever_was_cut_and_however_often_it_began_anew_the_playlist_is_without_fault() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[10, 60], Gen.Int[10, 400], Gen.Int[1, 40]).Array[1, 5].Sample(stretches =>
        {
            var run = new LiveRun(window: TimeSpan.FromSeconds(30));
            var time = 0.0;
            foreach (var (tail, rate, gop, seconds) in stretches)
            {
                var frames = (rate * seconds) + tail;
                run.Stretch(Picture, Video(rate, frames, gop, time));
                time += (frames + 1) * 1000.0 / rate;
            }

            run.Segmenter.Flush();
            run.Drain();

            Assert.Empty(run.Violations(maySkimp: stretches.Any(stretch => stretch.Item2 < 14)));
        }, iter: 30);

    [Fact]
    public void The_peak_is_measured_on_segments_of_some_length()
    {
        var run = LiveRun.Of(Picture, Video(30, 121, 60));

        var first = run.Segments[0];
        Assert.Equal(3, run.Segments.Count);
        Assert.Equal((int)(run.Segments.Take(2).Max(segment => segment.Size) * 8 / first.Duration.TotalSeconds), run.Window.PeakBitrateInBitsPerSecond);
    }

    [Fact]
    public void A_live_multivariant_playlist_promises_no_independent_segments()
    {
        var text = LiveVariants.Playlist(LiveVariants.Describe("0/live.m3u8", Records.Both, 3_000_000, null)).Write();

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,CODECS="avc1.64000d,mp4a.40.2",RESOLUTION=318x238,FRAME-RATE=29.970,CLOSED-CAPTIONS=NONE
            0/live.m3u8

            """,
            text);
    }
}
