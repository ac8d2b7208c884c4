using Kinopress.Media.Live;

namespace Kinopress.Media.Hls;

/// <summary>
/// The segments of one rendition that viewers may watch: takes what a segmenter puts out and renders a playlist whenever
/// asked. Rendering costs the same whatever the window's length: lines of old segments are written once and shared. Not
/// thread-safe; the playlists are.
/// </summary>
public sealed class LiveWindow
{
    private readonly LiveWindowOptions options;
    private readonly LivePlaylistLines lines;
    private readonly PlaylistPages pages = new();
    private readonly SettledSegments settled = new();
    private readonly Queue<RecentSegment> recent = new();
    private readonly List<LivePart> open = [];
    private readonly TimeSpan length;
    private readonly TimeSpan withParts;
    private readonly TimeSpan shortestMeasured;
    private TimeSpan end;
    private long discontinuities;
    private int? lastInit;
    private bool isEnded;

    public LiveWindow(LiveWindowOptions options)
    {
        this.options = options;
        lines = new LivePlaylistLines(options);
        discontinuities = options.FirstDiscontinuity;
        length = TimeSpan.FromTicks(Math.Max(options.Window.Ticks, options.Targets.CanSkipUntil.Ticks));
        withParts = TimeSpan.FromSeconds(3 * options.Targets.TargetDurationInSeconds);
        shortestMeasured = TimeSpan.FromSeconds((options.Targets.TargetDurationInSeconds / 2.0) - 0.1);
    }

    /// <summary>Whether there is anything to list: a playlist without a segment or a part stops players.</summary>
    public bool HasStarted => open.Count > 0 || LastMediaSequence > 0;

    /// <summary>Of the first segment listed. Earlier ones are gone from playlists, but may be asked for a little longer.</summary>
    public long FirstMediaSequence { get; private set; } = 1;

    /// <summary>Of the last complete segment; zero while there is none.</summary>
    public long LastMediaSequence { get; private set; }

    /// <summary>
    /// The highest of any segment so far, as <c>BANDWIDTH</c> wants it; zero before the first. Segments under half a target
    /// duration do not count (RFC 8216bis §4.4.6.2): they are little more than a keyframe.
    /// </summary>
    public int PeakBitrateInBitsPerSecond { get; private set; }

    /// <summary>How far this rendition has come, for the others' playlists.</summary>
    public RenditionReport Report(string location) => open.Count > 0
        ? new RenditionReport(location, open[0].MediaSequence, open.Count - 1)
        : new RenditionReport(location, LastMediaSequence, recent.Count > 0 && recent.Last() is { PartCount: > 0 } last ? last.PartCount - 1 : null);

    /// <summary>Parts and segments must come in order.</summary>
    public void Add(LiveOutput output)
    {
        switch (output)
        {
            case LivePart part:
                if (open.Count == 0 && !HasStarted)
                {
                    FirstMediaSequence = part.MediaSequence;
                }

                open.Add(part);
                break;
            case LiveSegment segment:
                Close(segment);
                break;
        }
    }

    /// <summary>The stream is over: no part will come. The list stays as it is, for those who still watch.</summary>
    public void End() => isEnded = true;

    /// <summary>
    /// Takes off the list what is nowhere any more, and what is before it. Three target durations stay in any case
    /// (RFC 8216bis §6.2.2).
    /// </summary>
    public void RemoveBefore(long mediaSequence)
    {
        while (settled.Count > 0 && FirstMediaSequence < mediaSequence)
        {
            RemoveFirst();
        }
    }

    /// <param name="others">Renditions a player may change to.</param>
    public LivePlaylist Render(params ReadOnlySpan<RenditionReport> others)
    {
        var now = end + TimeSpan.FromTicks(open.Sum(part => part.Duration.Ticks));
        ReadOnlyMemory<byte> tail = Tail(others);
        var skipped = settled.CountBefore(now - options.Targets.CanSkipUntil);
        var full = Assemble(0, tail);
        return new LivePlaylist
        {
            Full = full,
            Delta = skipped == 0 || isEnded ? full : Assemble(skipped, tail),
            FirstMediaSequence = FirstMediaSequence,
            LastMediaSequence = LastMediaSequence > 0 ? LastMediaSequence : FirstMediaSequence - 1,
            LastSegmentParts = recent.Count > 0 ? recent.Last().PartCount : 0,
            OpenParts = open.Count,
            IsEnded = isEnded,
            AdvancePartLimit = options.Targets.Part < TimeSpan.FromSeconds(1)
                ? (int)Math.Ceiling(TimeSpan.FromSeconds(3) / options.Targets.Part)
                : 3,
        };
    }

    private void Close(LiveSegment segment)
    {
        var map = segment.InitNumber == lastInit && !segment.IsDiscontinuity ? (int?)null : segment.InitNumber;
        lines.Clear();
        lines.SegmentHead(segment.IsDiscontinuity, map, segment.ProgramDateTime);
        var parts = lines.Written.Length;
        foreach (var part in segment.Parts)
        {
            lines.Part(part);
        }

        var partsEnd = lines.Written.Length;
        lines.SegmentEnd(segment);
        end += segment.Duration;
        recent.Enqueue(new RecentSegment(
            end, segment.Parts.Count, segment.InitNumber, map is not null, segment.IsDiscontinuity, lines.Written.ToArray(), parts, partsEnd));
        (LastMediaSequence, lastInit) = (segment.MediaSequence, segment.InitNumber);
        if (segment.Duration >= shortestMeasured)
        {
            var bitrate = Math.Min(segment.Size * 8 / segment.Duration.TotalSeconds, int.MaxValue);
            PeakBitrateInBitsPerSecond = Math.Max(PeakBitrateInBitsPerSecond, (int)bitrate);
        }

        open.Clear();
        Settle(end);
    }

    private void Settle(TimeSpan now)
    {
        while (recent.TryPeek(out var oldest) && recent.Count > 1 && oldest.End <= now - withParts)
        {
            recent.Dequeue();
            settled.Add(new SettledSegment(pages.End, oldest.End, oldest.InitNumber, oldest.HasMap, oldest.IsDiscontinuity));
            pages.Append(oldest.Lines.AsSpan(0, oldest.PartsStart));
            pages.Append(oldest.Lines.AsSpan(oldest.PartsEnd));
        }

        // The first may go once the window is full without it.
        while (settled.Count > 0 && now - settled[0].End >= length)
        {
            RemoveFirst();
        }
    }

    private void RemoveFirst()
    {
        discontinuities += settled[0].IsDiscontinuity ? 1 : 0;
        settled.RemoveFirst();
        pages.TrimTo(settled.Count > 0 ? settled[0].Position : pages.End);
        FirstMediaSequence++;
    }

    private byte[] Tail(ReadOnlySpan<RenditionReport> others)
    {
        lines.Clear();
        foreach (var segment in recent)
        {
            lines.Add(segment.Lines);
        }

        if (open.Count > 0)
        {
            var first = open[0];
            lines.SegmentHead(
                first.IsDiscontinuity,
                first.InitNumber == lastInit && !first.IsDiscontinuity ? null : first.InitNumber,
                first.SegmentProgramDateTime);
        }

        foreach (var part in open)
        {
            lines.Part(part);
        }

        if (isEnded)
        {
            lines.End();
            return lines.Written.ToArray();
        }

        lines.PreloadHint(LastMediaSequence > 0 ? LastMediaSequence + 1 : FirstMediaSequence, open.Count);
        foreach (var report in others)
        {
            lines.Report(report);
        }

        return lines.Written.ToArray();
    }

    private System.Buffers.ReadOnlySequence<byte> Assemble(int skipped, ReadOnlyMemory<byte> tail)
    {
        lines.Clear();
        lines.Header(FirstMediaSequence, discontinuities);
        if (skipped > 0)
        {
            lines.Skip(skipped);
        }
        else if (settled.Count > 0 ? !settled[0].HasMap : recent.TryPeek(out var first) && !first.HasMap)
        {
            lines.Map(settled.Count > 0 ? settled[0].InitNumber : recent.Peek().InitNumber);
        }

        var pieces = new PlaylistPieces();
        pieces.Add(lines.Written.ToArray());
        if (settled.Count > skipped)
        {
            pages.AddTo(pieces, settled[skipped].Position, pages.End);
        }

        pieces.Add(tail);
        return pieces.Sequence;
    }
}
