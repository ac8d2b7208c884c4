using Kinopress.Testing.Live;

namespace Kinopress.Media.Tests.Live;

/// <summary>The checker finds each kind of bad playlist.</summary>
public sealed class LivePlaylistCheckerTests
{
    private const string Head =
        "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:1\n"
        + "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=6.0,HOLD-BACK=3.0,PART-HOLD-BACK=1.5\n#EXT-X-PART-INF:PART-TARGET=0.5\n";

    private static readonly string First = Playlist(1, [1, 2], parts: 1);
    private static readonly string Second = Playlist(1, [1, 2], parts: 2);
    private static readonly string Third = Playlist(1, [1, 2, 3], parts: 1);

    private readonly LivePlaylistChecker checker = new(patience: TimeSpan.FromMilliseconds(100));

    [Fact]
    public void Good_playlists_have_no_violation()
    {
        Receive(First, Second, Third);

        Assert.Empty(checker.Violations);
    }

    [Fact]
    public void A_good_delta_has_no_violation()
    {
        var full = Playlist(1, [1, 2, 3, 4, 5, 6, 7, 8], parts: 1);

        Receive(full, Head + "#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-SKIP:SKIPPED-SEGMENTS=2\n"
            + string.Concat(Enumerable.Range(3, 7).Select(n => Segment(n))) + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"10.0\"\n");

        Assert.Empty(checker.Violations);
    }

    [Theory]
    [InlineData("#EXT-X-TARGETDURATION:1\n", "", "target")]
    [InlineData("#EXT-X-VERSION:9", "#EXT-X-VERSION:3", "version")]
    [InlineData("#EXT-X-VERSION:9\n", "#EXT-X-VERSION:9\n#EXT-X-VERSION:9\n", "tag")]
    [InlineData("PART-HOLD-BACK=1.5", "PART-HOLD-BACK=1.0", "hold back")]
    [InlineData(",HOLD-BACK=3.0", ",HOLD-BACK=2.0", "hold back")]
    [InlineData("CAN-SKIP-UNTIL=6.0", "CAN-SKIP-UNTIL=5.0", "skip")]
    [InlineData("DURATION=0.50000,URI=\"2.0\"", "DURATION=0.60000,URI=\"2.0\"", "part")]
    [InlineData("DURATION=0.50000,URI=\"2.0\"", "DURATION=0.40000,URI=\"2.0\"", "part")]
    [InlineData("#EXTINF:1.00000", "#EXTINF:1.01000", "sum")]
    [InlineData("#EXTINF:1.00000", "#EXTINF:1.60000", "target")]
    [InlineData("#EXT-X-MAP:URI=\"init\"\n", "", "map")]
    [InlineData("#EXTINF:1.00000,\n2\n", "#EXT-X-PROGRAM-DATE-TIME:x\n#EXTINF:1.00000,\n2\n", "order")]
    [InlineData("#EXTINF:1.00000,\n2\n", "2\n", "order")]
    [InlineData("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"3.1\"\n", "", "hint")]
    [InlineData("#EXTM3U\n", "\n#EXT-X-X\n", "first line")]
    public void A_playlist_that_is_wrong_by_itself_is_found(string good, string bad, string rule)
    {
        Assert.Contains(good, First, StringComparison.Ordinal);

        Receive(First.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(checker.Violations, violation => violation.StartsWith(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#EXT-X-TARGETDURATION:1", "#EXT-X-TARGETDURATION:2", "constant")]
    [InlineData("PART-TARGET=0.5", "PART-TARGET=0.50001", "constant")]
    [InlineData("#EXT-X-MEDIA-SEQUENCE:1", "#EXT-X-MEDIA-SEQUENCE:0", "sequence")]
    [InlineData("#EXT-X-DISCONTINUITY-SEQUENCE:0", "#EXT-X-DISCONTINUITY-SEQUENCE:1", "discontinuity")]
    [InlineData("1970-01-01T00:00:01", "1970-01-01T00:00:09", "change")]
    [InlineData("\n1\n", "\n1x\n", "change")]
    [InlineData("URI=\"2.1\"", "URI=\"2.x\"", "change")]
    [InlineData("URI=\"3.1\"", "URI=\"3.x\"", "hint")]
    [InlineData("#EXT-X-PART:DURATION=0.50000,URI=\"2.0\"\n#EXT-X-PART:DURATION=0.50000,URI=\"2.1\"\n", "", "vanished")]
    public void A_change_that_must_not_be_is_found(string good, string bad, string rule)
    {
        Assert.Contains(good, Second, StringComparison.Ordinal);

        Receive(First, Second.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(checker.Violations, violation => violation.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void A_playlist_that_goes_back_is_found() => Finds("vanished", Third, First);

    [Fact]
    public void Segments_that_leave_too_early_are_found() => Finds("vanished", First, Playlist(2, [2, 3], parts: 1));

    [Fact]
    public void A_change_after_the_end_is_found() =>
        Finds("end", First.Replace("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"3.1\"", "#EXT-X-ENDLIST", StringComparison.Ordinal), Second);

    [Fact]
    public void A_delta_that_skips_too_much_or_the_unknown_is_found() =>
        Finds("skip", First, Head + "#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-SKIP:SKIPPED-SEGMENTS=9\n" + Segment(10) + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x\"\n");

    [Fact]
    public void An_update_that_is_late_is_found()
    {
        checker.Receive(TimeSpan.Zero, First);
        checker.Receive(TimeSpan.FromSeconds(0.7), Second);

        Assert.Equal(["late: nothing was added for 0.700 s"], checker.Violations);
    }

    private void Finds(string rule, params string[] playlists)
    {
        Receive(playlists);

        Assert.Contains(checker.Violations, violation => violation.StartsWith(rule, StringComparison.Ordinal));
    }

    private void Receive(params string[] playlists)
    {
        for (var i = 0; i < playlists.Length; i++)
        {
            checker.Receive(TimeSpan.FromSeconds(0.5 * i), playlists[i]);
        }
    }

    private static string Playlist(int first, int[] segments, int parts)
    {
        var open = segments[^1] + 1;
        return Head + $"#EXT-X-MEDIA-SEQUENCE:{first}\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-MAP:URI=\"init\"\n"
            + string.Concat(segments.Select(Segment))
            + string.Concat(Enumerable.Range(0, parts).Select(n => Part(open, n)))
            + $"#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{(parts == 2 ? $"{open + 1}.0" : $"{open}.{parts}")}\"\n";
    }

    private static string Segment(int number) =>
        $"#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:{number:00}\n{Part(number, 0)}{Part(number, 1)}#EXTINF:1.00000,\n{number}\n";

    private static string Part(int segment, int index) => $"#EXT-X-PART:DURATION=0.50000,URI=\"{segment}.{index}\"\n";
}
