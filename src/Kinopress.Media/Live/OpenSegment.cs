using System.Diagnostics.CodeAnalysis;

namespace Kinopress.Media.Live;

/// <summary>Numbers parts and segments, and keeps what is to be taken.</summary>
internal sealed class OpenSegment
{
    private readonly Queue<LiveOutput> outputs = new();
    private readonly List<LivePart> parts = [];
    private long mediaSequence = 1;
    private int initNumber;
    private bool hasEmitted;
    private bool isDiscontinuity;
    private long stretchStart;
    private DateTimeOffset stretchDateTime;
    private TimeSpan compositionDelay;

    /// <summary>In units of 100 ns.</summary>
    public long Start { get; private set; }

    /// <summary>Rising through the session (<c>mfhd</c>).</summary>
    public uint NextFragment { get; private set; } = 1;

    private DateTimeOffset ProgramDateTime => stretchDateTime.AddTicks(Start - stretchStart);

    public void BeginStretch(int number, LiveTracks tracks, long start, DateTimeOffset programDateTime, TimeSpan delay)
    {
        compositionDelay = delay;
        (initNumber, Start, stretchStart, stretchDateTime) = (number, start, start, programDateTime);
        isDiscontinuity = hasEmitted;
        outputs.Enqueue(new LiveInit(number, tracks, Fmp4.LiveHeader.Write(tracks.Video, tracks.Audio)));
    }

    public void Add(SharedBytes bytes, long start, long end, bool isIndependent)
    {
        hasEmitted = true;
        NextFragment++;
        var part = new LivePart
        {
            MediaSequence = mediaSequence,
            Index = parts.Count,
            InitNumber = initNumber,
            Start = TimeSpan.FromTicks(start),
            Duration = TimeSpan.FromTicks(end - start),
            IsIndependent = isIndependent,
            IsDiscontinuity = isDiscontinuity,
            SegmentProgramDateTime = ProgramDateTime,
            CompositionDelay = compositionDelay,
            Bytes = bytes,
        };
        parts.Add(part);
        outputs.Enqueue(part);
    }

    /// <summary>A segment that has no part yet starts later.</summary>
    public void PassOver(long until) => Start = parts.Count == 0 ? until : Start;

    /// <param name="next">Where the next segment starts.</param>
    public void Close(long next)
    {
        if (parts.Count > 0)
        {
            outputs.Enqueue(new LiveSegment
            {
                MediaSequence = mediaSequence,
                InitNumber = initNumber,
                Start = parts[0].Start,
                Duration = TimeSpan.FromTicks(parts.Sum(part => part.Duration.Ticks)),
                IsIndependent = parts[0].IsIndependent,
                IsDiscontinuity = isDiscontinuity,
                ProgramDateTime = ProgramDateTime,
                Parts = [.. parts],
            });
            mediaSequence++;
            isDiscontinuity = false;
            parts.Clear();
        }

        Start = next;
    }

    public bool TryTake([NotNullWhen(true)] out LiveOutput? output) => outputs.TryDequeue(out output);
}
