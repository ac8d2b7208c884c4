namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>Real encoders, byte for byte.</summary>
public sealed class CapturedPublisherTests
{
    [Theory]
    [InlineData("ffmpeg-chunks-of-128", 17, 26)]
    [InlineData("ffmpeg-chunks-of-4096", 17, 26)]
    [InlineData("ffmpeg-across-24-bits", 20, 59)]
    [InlineData("ffmpeg-beyond-24-bits", 7, 18)]
    [InlineData("gstreamer-rtmp2sink", 12, 16)]
    [InlineData("librtmp", 12, 0)]
    public async Task An_encoder_is_understood_to_its_last_byte(string name, int video, int audio)
    {
        var replay = await Replay.OfAsync(Captures.Read(name));

        Assert.Equal("a-stream-key", replay.Request?.StreamKey);
        Assert.Equal("live", replay.Request?.App);
        Assert.Equal((video, audio, 1), (replay.Count(RtmpMessageKind.Video), replay.Count(RtmpMessageKind.Audio), replay.Count(RtmpMessageKind.Data)));
        Assert.True(replay.IsEndedByPublisher);

        // AVC, a sequence header first; AAC, the same.
        Assert.StartsWith("1700", replay.Messages.First(message => message.Kind == RtmpMessageKind.Video).Body, StringComparison.Ordinal);
        Assert.All(replay.Messages.Where(message => message.Kind == RtmpMessageKind.Audio), message => Assert.Equal('A', message.Body[0]));
    }

    [Theory]
    [InlineData("ffmpeg-8-hevc", "68766331")]
    [InlineData("ffmpeg-8-av1", "61763031")]
    public async Task An_encoder_with_newer_codecs_is_understood_too(string name, string fourCc)
    {
        var replay = await Replay.OfAsync(Captures.Read(name));

        Assert.Equal("a-stream-key", replay.Request?.StreamKey);
        Assert.Equal((17, 49, 1), (replay.Count(RtmpMessageKind.Video), replay.Count(RtmpMessageKind.Audio), replay.Count(RtmpMessageKind.Data)));

        // ExVideoTagHeader (Enhanced RTMP v2): sequence start, colours, then frames, each with the codec's name.
        var pictures = replay.Messages.Where(message => message.Kind == RtmpMessageKind.Video).ToList();
        Assert.All(pictures, message => Assert.Equal(fourCc, message.Body[2..10]));
        Assert.Equal("90", pictures[0].Body[..2]);
        Assert.Equal("D4", pictures[1].Body[..2]);
        Assert.False(replay.IsEndedByPublisher);
    }

    [Fact]
    public async Task How_the_bytes_arrive_makes_no_difference()
    {
        foreach (var name in Captures.OfPublishers.Concat(Captures.OfEnhancedPublishers))
        {
            var bytes = Captures.Read(name);
            var whole = await Replay.OfAsync(bytes);

            Assert.Equal(whole.Messages, (await Replay.OfAsync(bytes, pieceSize: 1)).Messages);
            Assert.Equal(whole.Messages, (await Replay.OfAsync(bytes, pieceSize: 1447)).Messages);
        }
    }

    [Fact]
    public async Task Metadata_is_handed_on_as_in_a_file()
    {
        var replay = await Replay.OfAsync(Captures.Read("ffmpeg-chunks-of-128"));

        var body = Convert.FromHexString(replay.Messages.First(message => message.Kind == RtmpMessageKind.Data).Body);
        Assert.True(RtmpDataMessage.TryParse(body, out var data));
        Assert.Equal(RtmpDataMessage.Metadata, data.Name);
        Assert.Equal(64, data.Values[0]["width"]?.AsNumber());
        Assert.Equal("Lavf59.27.100", data.Values[0]["encoder"]?.AsText());
    }

    [Fact]
    public async Task Time_goes_on_across_24_bits()
    {
        var replay = await Replay.OfAsync(Captures.Read("ffmpeg-across-24-bits"));

        // Sequence headers come at zero; the pictures are 200 ms apart on both sides of 16777215.
        var times = replay.Media.Where(message => message.Kind == RtmpMessageKind.Video && message.Timestamp > 0).Select(message => message.Timestamp).ToList();
        Assert.True(times[0] < 0xff_ffff && times[^1] > 0xff_ffff);
        Assert.All(times.Zip(times.Skip(1)).Take(times.Count - 2), pair => Assert.Equal(200, pair.Second - pair.First));
    }

    [Fact]
    public async Task Time_goes_on_beyond_24_bits()
    {
        var replay = await Replay.OfAsync(Captures.Read("ffmpeg-beyond-24-bits"));

        var times = replay.Media.Where(message => message.Timestamp > 0).Select(message => message.Timestamp).ToList();
        Assert.Equal(19_999_600, times[0]); // two pictures before 20000 s, since B-frames come later than they are shown
        Assert.InRange(times[^1], 20_000_300, 20_001_000);
    }

    [Fact]
    public async Task The_query_of_the_key_is_kept_apart()
    {
        var request = (await Replay.OfAsync(Captures.Read("ffmpeg-chunks-of-128"))).Request;

        Assert.Equal(
            new RtmpPublishRequest("live", "a-stream-key", "token=abc", "rtmp://127.0.0.1:21999/live", "FMLE/3.0 (compatible; Lavf59.27.100)", false), request);
    }
}
