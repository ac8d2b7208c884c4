using System.Buffers;
using System.IO.Pipelines;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Media.RealTests;

/// <summary>A smaller rendition of a live stream: FLV to ffmpeg, FLV from it, a follower behind.</summary>
internal sealed record LiveLadder(string Path, IReadOnlyList<LivePart> Parts)
{
    // Encoders of sound write times before the first; FLV has no negative ones.
    private const long Ahead = 10_000;

    private static readonly string[] Encoding =
    [
        "-an", "-vf", "scale=-2:240", "-c:v", "libx264", "-preset", "superfast", "-tune", "zerolatency", "-profile:v", "high",
        "-pix_fmt", "yuv420p", "-g", "9999", "-sc_threshold", "0", "-force_key_frames", "source", "-copyts", "-fps_mode",
        "passthrough", "-enc_time_base", "1:1000", "-flvflags", "no_duration_filesize", "-f", "flv",
    ];

    public static async Task<LiveLadder> RunAsync(LiveStation live, Workbench bench)
    {
        await File.WriteAllBytesAsync(bench.Path("in.flv"), Feed(live));
        await Tool.RunAsync("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", bench.Path("in.flv"), .. Encoding, bench.Path("out.flv")]);
        var follower = new LiveFollower();
        await FollowAsync(follower, live, bench.Path("out.flv"));
        var (parts, file) = (new List<LivePart>(), new List<byte>());
        while (follower.TryTake(out var output))
        {
            file.AddRange(output is LiveInit init ? init.Bytes.Span : output is LivePart part ? part.Bytes.Memory.Span : default);
            parts.AddRange(output is LivePart added ? [added] : []);
        }

        await File.WriteAllBytesAsync(bench.Path("ladder.mp4"), [.. file]);
        return new LiveLadder(bench.Path("ladder.mp4"), parts);
    }

    private static byte[] Feed(LiveStation live)
    {
        var (output, body) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var video = live.Outputs.OfType<LiveInit>().First().Tracks.Video;
        Assert.NotNull(video);
        FlvWriter.FileHeader(output, hasVideo: true, hasAudio: false);
        FlvWriter.VideoConfiguration(body, video);
        FlvWriter.Tag(output, FlvTagType.Video, Ahead, body.WrittenSpan);
        foreach (var unit in live.Units.Where(unit => unit.Track == LiveTrack.Video))
        {
            body.ResetWrittenCount();
            FlvWriter.VideoFrame(body, video.Codec, unit.IsKeyframe, unit.CompositionOffset, unit.Payload.Span);
            FlvWriter.Tag(output, FlvTagType.Video, unit.DecodeTime + Ahead, body.WrittenSpan);
        }

        return output.WrittenSpan.ToArray();
    }

    private static async Task FollowAsync(LiveFollower follower, LiveStation live, string flv)
    {
        await using var stream = File.OpenRead(flv);
        using var reader = new FlvFileReader(PipeReader.Create(stream));
        var unpacker = new FlvUnpacker();
        var sound = new Queue<AccessUnit>(live.Units.Where(unit => unit.Track == LiveTrack.Audio));
        while (await reader.ReadAsync(CancellationToken.None) is { State: FlvFileState.Tag } tag)
        {
            var unpacked = unpacker.Read(tag.Type, tag.Timestamp - Ahead, tag.Body);
            if (unpacked.Event == FlvEvent.TracksChanged)
            {
                follower.Begin(unpacker.Tracks with { Audio = live.Outputs.OfType<LiveInit>().First().Tracks.Audio });
                live.Outputs.ForEach(follower.Follow);
            }

            while (sound.TryPeek(out var next) && next.DecodeTime <= tag.Timestamp - Ahead)
            {
                follower.Append(sound.Dequeue());
            }

            if (unpacked.Event == FlvEvent.Unit)
            {
                follower.Append(unpacked.Unit);
            }
        }

        foreach (var unit in sound)
        {
            follower.Append(unit);
        }

        follower.Flush();
    }
}
