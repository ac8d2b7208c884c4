using System.IO.Pipelines;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Media.Tests.Flv;

/// <summary>
/// What FFmpeg 8.1.1 writes for newer codecs: 3 s of 64×36 test pictures at 5 frames a second, a keyframe every 2 s, and a sine of 16 kHz, from
/// libx265 and libaom of an older FFmpeg, whose Matroska file begins 64 ms late. Its files hold what it sends over RTMP.
/// </summary>
public sealed class EnhancedFileTests
{
    [Theory]
    [InlineData("ffmpeg-8-hevc", MediaCodec.Hevc, "hvc1.1.6.L30.90,mp4a.40.2")]
    [InlineData("ffmpeg-8-av1", MediaCodec.Av1, "av01.0.00M.08,mp4a.40.2")]
    public async Task Newer_codecs_are_understood_as_a_real_encoder_sends_them(string name, MediaCodec codec, string codecs)
    {
        var (unpacker, events) = await UnpackAsync(name);

        Assert.Equal(codec, unpacker.Tracks.Video?.Codec);
        Assert.Equal(codecs, unpacker.Tracks.Codecs);
        Assert.Equal((64, 36), (unpacker.Tracks.Video?.Width, unpacker.Tracks.Video?.Height));
        Assert.DoesNotContain(events, read => read.Event == FlvEvent.Refused);

        var pictures = events.Where(read => read.Event == FlvEvent.Unit && read.Unit.Track == LiveTrack.Video).Select(read => read.Unit).ToList();
        Assert.Equal(Enumerable.Range(0, 15).Select(index => 64 + (index * 200L)), pictures.Select(picture => picture.DecodeTime));
        Assert.Equal([0, 10], Enumerable.Range(0, 15).Where(index => pictures[index].IsKeyframe));
        Assert.Equal(48, events.Count(read => read.Event == FlvEvent.Unit && read.Unit.Track == LiveTrack.Audio));
    }

    private static async Task<(FlvUnpacker Unpacker, List<FlvUnpacked> Events)> UnpackAsync(string name)
    {
        await using var file = typeof(EnhancedFileTests).Assembly.GetManifestResourceStream(name) ?? throw new ArgumentException($"There is no file {name}", nameof(name));
        var unpacker = new FlvUnpacker();
        var events = new List<FlvUnpacked>();
        using var reader = new FlvFileReader(PipeReader.Create(file), maxBodySize: 64 * 1024);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { State: FlvFileState.Tag } tag)
        {
            events.Add(unpacker.Read(tag.Type, tag.Timestamp, tag.Body.ToArray()));
        }

        return (unpacker, events);
    }
}
