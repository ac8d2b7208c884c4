using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Kinopress.Media.Flv;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;

namespace Kinopress.Media.RealTests;

/// <summary>What the product does with a live stream, without the product: FLV in, playlists and segments in a folder.</summary>
internal sealed class LiveStation
{
    private const string Prefix = "s1/";
    private readonly string folder;
    private readonly LiveSegmenter segmenter;
    private readonly LiveWindow window;
    private readonly LiveTimeline timeline = new();
    private readonly FlvUnpacker unpacker = new();
    private readonly List<byte> recorded = [];
    private LiveTracks? begun;

    private LiveStation(string folder, LiveTargets targets)
    {
        this.folder = folder;
        segmenter = new LiveSegmenter(targets);
        Options = new LiveWindowOptions { Targets = targets, Prefix = Prefix, Window = TimeSpan.FromHours(1) };
        window = new LiveWindow(Options);
        Directory.CreateDirectory(Path.Combine(folder, Prefix));
    }

    public LiveWindowOptions Options { get; }

    public List<LiveOutput> Outputs { get; } = [];

    /// <summary>Of parts, by their names.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>After each part, as viewers would see it.</summary>
    public List<string> Playlists { get; } = [];

    public List<AccessUnit> Units { get; } = [];

    public LiveRecording? Recording { get; private set; }

    public IEnumerable<LivePart> Parts => Outputs.OfType<LivePart>();

    public IEnumerable<LiveSegment> Segments => Outputs.OfType<LiveSegment>();

    public string PlaylistPath => Path.Combine(folder, "live.m3u8");

    public string RecordingPath => Path.Combine(folder, "recording.mp4");

    /// <summary>Reads a whole file as if it came from an encoder; begins when the first frame of a declared track comes.</summary>
    public static async Task<LiveStation> RunAsync(string flv, string folder, LiveTargets? targets = null)
    {
        var station = new LiveStation(folder, targets ?? LiveTargets.Default);
        await using var file = File.OpenRead(flv);
        var pipe = PipeReader.Create(file);
        using var reader = new FlvFileReader(pipe);
        while (await reader.ReadAsync(CancellationToken.None) is { State: FlvFileState.Tag } tag)
        {
            station.Receive(tag);
        }

        station.segmenter.Flush();
        station.Drain();
        station.window.End();
        await File.WriteAllTextAsync(station.PlaylistPath, Text(station.window.Render().Full));
        await File.WriteAllBytesAsync(station.RecordingPath, [.. station.recorded]);
        return station;
    }

    public static string Text(ReadOnlySequence<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.ToArray());

    private void Receive(FlvFileTag tag)
    {
        var unpacked = unpacker.Read(tag.Type, tag.Timestamp, tag.Body);
        Assert.Null(unpacked.Refusal);
        if (unpacked.Event != FlvEvent.Unit)
        {
            return;
        }

        if (begun is null || !begun.Matches(unpacker.Tracks))
        {
            begun = unpacker.Tracks;
            segmenter.Begin(begun, DateTimeOffset.UnixEpoch.AddMilliseconds(timeline.Milliseconds));
        }

        var moment = timeline.Map(unpacked.Unit.Track, unpacked.Unit.DecodeTime);
        Assert.False(moment.IsJump);
        var unit = unpacked.Unit with { DecodeTime = moment.Milliseconds };
        Units.Add(unit with { Payload = unit.Payload.ToArray() });
        segmenter.Append(unit);
        Drain();
    }

    private void Drain()
    {
        while (segmenter.TryTake(out var output))
        {
            Outputs.Add(output);
            window.Add(output);
            switch (output)
            {
                case LiveInit init:
                    Write(Options.InitLocation(init.Number), init.Bytes.Span);
                    Recording ??= new LiveRecording(init);
                    recorded.AddRange(init.Bytes.Span);
                    break;
                case LivePart part:
                    Write(Options.PartLocation(part.MediaSequence, part.Index), part.Bytes.Memory.Span);
                    Playlists.Add(Text(window.Render().Full));
                    break;
                case LiveSegment segment:
                    Close(segment);
                    break;
            }
        }
    }

    private void Close(LiveSegment segment)
    {
        var bytes = segment.Parts.SelectMany(part => part.Bytes.Memory.ToArray()).ToArray();
        Write(Options.SegmentLocation(segment.MediaSequence), bytes);
        recorded.AddRange(bytes);
        Recording?.Add(segment);
        Assert.Equal(recorded.Count.ToString(CultureInfo.InvariantCulture), Recording?.Size.ToString(CultureInfo.InvariantCulture));
        foreach (var part in segment.Parts)
        {
            part.Bytes.Release();
        }
    }

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        Files[name] = bytes.ToArray();
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }
}
