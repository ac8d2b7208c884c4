using CsCheck;
using Kinopress.Media.Hls;

namespace Kinopress.Media.Tests.Hls;

public sealed class PlaylistTests
{
    [Fact]
    public void A_finished_playlist_is_written_as_RFC_8216_asks()
    {
        var playlist = new MediaPlaylist
        {
            IsComplete = true,
            Segments =
            [
                new MediaSegment("a/1.m4s", TimeSpan.FromSeconds(4.004), MapLocation: "a/init.mp4"),
                new MediaSegment("a/2.m4s", TimeSpan.FromSeconds(4.5), MapLocation: "a/init.mp4"),
                new MediaSegment("b/3.m4s", TimeSpan.FromSeconds(1), IsDiscontinuity: true, MapLocation: "b/init.mp4"),
            ],
        };

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:5
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="a/init.mp4"
            #EXTINF:4.004000,
            a/1.m4s
            #EXTINF:4.500000,
            a/2.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="b/init.mp4"
            #EXTINF:1.000000,
            b/3.m4s
            #EXT-X-ENDLIST

            """,
            playlist.Write());
    }

    [Fact]
    public void Independence_is_promised_only_where_it_is_true()
    {
        var media = new MediaPlaylist { IsComplete = true, Segments = [], HasIndependentSegments = false }.Write();
        var multivariant = new MultivariantPlaylist { Variants = [], Audio = [], HasIndependentSegments = false }.Write();

        Assert.DoesNotContain("INDEPENDENT", media + multivariant, StringComparison.Ordinal);
    }

    [Fact]
    public void A_growing_playlist_is_open_and_promises_its_longest_segment()
    {
        var text = new MediaPlaylist { IsComplete = false, Segments = [], MinTargetDuration = TimeSpan.FromSeconds(6) }.Write();

        Assert.Contains("#EXT-X-PLAYLIST-TYPE:EVENT\n", text, StringComparison.Ordinal);
        Assert.Contains("#EXT-X-TARGETDURATION:6\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ENDLIST", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_duration_is_at_least_every_rounded_duration() =>
        Gen.Double[0.001, 60].Array[1, 20].Sample(durations =>
        {
            var playlist = new MediaPlaylist
            {
                IsComplete = true,
                Segments = [.. durations.Select(seconds => new MediaSegment("x", TimeSpan.FromSeconds(seconds)))],
            };

            Assert.All(playlist.Segments, segment =>
                Assert.True(Math.Round(segment.Duration.TotalSeconds, MidpointRounding.AwayFromZero) <= playlist.TargetDurationInSeconds));
        });

    [Fact]
    public void A_multivariant_playlist_names_picture_and_sound()
    {
        var text = new MultivariantPlaylist { Variants = [Variant], Audio = [Sound("English", "eng"), Sound("English", "x\"y")] }.Write();

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="eng",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English (2)",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="a.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2000000,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="sound",CLOSED-CAPTIONS=NONE
            v.m3u8

            """,
            text);
    }

    [Fact]
    public void No_title_or_language_can_add_a_line_or_an_attribute() =>
        Gen.Select(Gen.String, Gen.String).Sample((title, language) =>
        {
            var text = new MultivariantPlaylist { Variants = [Variant], Audio = [Sound(title + "\"\r\n#EXT", language)] }.Write();

            Assert.Equal(7, text.Split(['\n', '\r', '\u2028']).Length);
            Assert.Equal(0, text.Count(c => c == '"') % 2);
        });

    [Theory]
    [InlineData("")]
    [InlineData("#EXT-X-ENDLIST")]
    [InlineData("a\nb")]
    [InlineData("a\"b")]
    public void An_address_that_would_break_the_playlist_is_a_bug(string location) =>
        Assert.Throws<ArgumentException>(() =>
            new MediaPlaylist { IsComplete = true, Segments = [new MediaSegment(location, TimeSpan.FromSeconds(1))] }.Write());

    private static VariantStream Variant => new()
    {
        Location = "v.m3u8",
        Width = 1280,
        Height = 720,
        FrameRate = 30000 / 1001.0,
        BandwidthInBitsPerSecond = 3_000_000,
        AverageBandwidthInBitsPerSecond = 2_000_000,
        Codecs = "avc1.640028,mp4a.40.2",
        AudioGroup = "sound",
    };

    private static AudioRendition Sound(string name, string language) => new()
    {
        Group = "sound",
        Name = name,
        Language = language,
        IsDefault = true,
        Location = "a.m3u8",
        Channels = 2,
    };
}
