using System.Buffers;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;
using Kinopress.Testing.Live;

namespace Kinopress.Media.Tests.Live;

/// <summary>A segmenter and its playlist, with everything that came out of them.</summary>
internal sealed class LiveRun(LiveTargets? targets = null, TimeSpan? window = null)
{
    public LiveSegmenter Segmenter { get; } = new(targets ?? LiveTargets.Default);

    public LiveWindow Window { get; } = new(new LiveWindowOptions
    {
        Targets = targets ?? LiveTargets.Default,
        Prefix = "s/",
        Window = window ?? TimeSpan.FromMinutes(10),
    });

    public List<LiveOutput> Outputs { get; } = [];

    public List<string> Playlists { get; } = [];

    /// <summary>After how many units each part came.</summary>
    public List<long> PartTimes { get; } = [];

    public List<ReadSample> Samples { get; } = [];

    public IReadOnlyList<LivePart> Parts => [.. Outputs.OfType<LivePart>()];

    public IReadOnlyList<LiveSegment> Segments => [.. Outputs.OfType<LiveSegment>()];

    public static LiveRun Of(LiveTracks tracks, IEnumerable<AccessUnit> units, LiveTargets? targets = null)
    {
        var run = new LiveRun(targets);
        run.Stretch(tracks, units);
        run.Segmenter.Flush();
        run.Drain();
        return run;
    }

    public void Stretch(LiveTracks tracks, IEnumerable<AccessUnit> units)
    {
        Segmenter.Begin(tracks, DateTimeOffset.UnixEpoch);
        foreach (var unit in units)
        {
            Segmenter.Append(unit);
            Drain(unit.DecodeTime);
        }
    }

    public void Drain(long now = 0)
    {
        var before = Outputs.Count;
        while (Segmenter.TryTake(out var output))
        {
            Outputs.Add(output);
            Window.Add(output);
            if (output is LivePart part)
            {
                PartTimes.Add(now);
                Samples.AddRange(FragmentReading.Samples(part.Bytes.Memory.Span));
            }
        }

        if (Outputs.Count > before && Window.HasStarted)
        {
            Playlists.Add(Text(Window.Render().Full));
        }
    }

    public IReadOnlyList<string> Violations(bool maySkimp = false)
    {
        var checker = new LivePlaylistChecker(maySkimp);
        foreach (var playlist in Playlists)
        {
            checker.Receive(TimeSpan.Zero, playlist);
        }

        return checker.Violations;
    }

    public static string Text(ReadOnlySequence<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.ToArray());
}
