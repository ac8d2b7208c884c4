using System.Diagnostics.CodeAnalysis;

namespace Kinopress.Media.Live;

/// <summary>
/// Packages the access units of a publisher as CMAF parts and segments and decides where they are cut; renditions made of the
/// same picture follow with <see cref="LiveFollower"/>. A part ends at the last frame that keeps it within the target; where
/// frames are too rare for that, exactly at the target. A segment ends at the first keyframe after its target, or at the
/// longest it may be. Not thread-safe.
/// </summary>
public sealed class LiveSegmenter(LiveTargets targets)
{
    // Keyframes two seconds apart may be a millisecond nearer by their timestamps.
    private static readonly long Tolerance = TimeSpan.FromMilliseconds(20).Ticks;

    // Timestamps are whole milliseconds: fifteen frames at 30 a second are 500, though one of them seems to last 34.
    private const long Rounding = TimeSpan.TicksPerMillisecond;

    // Sound may run so much ahead of the picture; then the picture counts as missing.
    private static readonly long MaxLead = TimeSpan.FromSeconds(1).Ticks;
    private static readonly long MaxWait = TimeSpan.FromSeconds(5).Ticks;

    private readonly long part = targets.Part.Ticks;
    private readonly long shortestPart = (long)Math.Ceiling(targets.Part.Ticks * 0.85);
    private readonly OpenSegment segment = new();
    private PartMuxer? muxer;
    private DateTimeOffset programDateTime;
    private long? firstUnit;
    private bool hasStarted;
    private long partStart;
    private long previousVideo;
    private int initNumber;

    public LiveTargets Targets => targets;

    /// <summary>Starts a stretch, ending the one before; its first segment is a discontinuity if there was one before.</summary>
    /// <param name="tracks">With at least one track.</param>
    /// <param name="programDateTime">When the first unit to come was recorded.</param>
    public void Begin(LiveTracks tracks, DateTimeOffset programDateTime)
    {
        if (tracks is { Video: null, Audio: null })
        {
            throw new ArgumentException("There is no track", nameof(tracks));
        }

        Flush();
        muxer = new PartMuxer(tracks);
        this.programDateTime = programDateTime;
        (firstUnit, hasStarted) = (null, false);
    }

    /// <summary>Takes the next unit; times are of <see cref="LiveTimeline"/>. Pictures before the first keyframe are dropped.</summary>
    /// <exception cref="InvalidOperationException">No stretch was begun.</exception>
    public void Append(in AccessUnit unit)
    {
        var current = muxer ?? throw new InvalidOperationException("Begin comes first");
        firstUnit ??= unit.DecodeTime * TimeSpan.TicksPerMillisecond;
        var isVideo = unit.Track == LiveTrack.Video;
        if ((!hasStarted && isVideo && !unit.IsKeyframe) || current.Add(unit) is not { } start)
        {
            return;
        }

        if (!hasStarted && !TryStart(current, unit, start))
        {
            return;
        }

        if (isVideo)
        {
            Cut(current, start, previousVideo, current.LastFrame, unit.IsKeyframe);
            previousVideo = start;
        }
        else if (current.Tracks.Video is null)
        {
            CutSound(current, start);
        }
        else
        {
            CutWithoutPicture(current, start);
        }
    }

    /// <summary>Ends the stretch: everything waiting comes out, the open segment closes. Then <see cref="Begin"/> again.</summary>
    public void Flush()
    {
        if (muxer is not { } current)
        {
            return;
        }

        if (hasStarted)
        {
            current.FinishVideo();
            var end = Math.Max(current.End, partStart + TimeSpan.TicksPerMillisecond);
            while (end - partStart > part)
            {
                ClosePart(current, partStart + part);
                CloseLongSegment(partStart);
            }

            if (current.OldestStart is not null)
            {
                ClosePart(current, end, takeAll: true);
            }

            segment.Close(partStart);
        }

        current.Clear();
        (muxer, hasStarted) = (null, false);
    }

    /// <summary>
    /// What came out since, in order; false when there is nothing more. Take all before rendering a playlist: the last part of
    /// a segment and the segment's end come together, and the hint for the next part depends on both.
    /// </summary>
    public bool TryTake([NotNullWhen(true)] out LiveOutput? output) => segment.TryTake(out output);

    private bool TryStart(PartMuxer current, in AccessUnit unit, long start)
    {
        if (unit.Track != LiveTrack.Video && current.Tracks.Video is not null)
        {
            current.DropBefore(start - MaxWait, start - MaxWait);
            return false;
        }

        current.DropBefore(start, start);
        hasStarted = true;
        initNumber++;
        partStart = previousVideo = start;
        segment.BeginStretch(
            initNumber,
            current.Tracks,
            start,
            programDateTime.AddTicks(start - (firstUnit ?? start)),
            TimeSpan.FromMilliseconds(unit.CompositionOffset));
        return true;
    }

    /// <param name="next">Start of the newest picture, which belongs to whatever comes after the cuts.</param>
    /// <param name="previous">Start of the picture before it.</param>
    private void Cut(PartMuxer current, long next, long previous, long frame, bool isKeyframe)
    {
        while (next - partStart > part)
        {
            var aligned = previous - partStart;
            ClosePart(current, aligned >= shortestPart && aligned <= part ? previous : partStart + part);
            CloseLongSegment(partStart);
        }

        var length = next - segment.Start;
        if (next > partStart && ((isKeyframe && length >= targets.Segment.Ticks - Tolerance) || length >= targets.LongestSegment.Ticks))
        {
            ClosePart(current, next);
            segment.Close(next);
        }
        else if (next - partStart >= shortestPart && next - partStart + frame > part + Rounding)
        {
            ClosePart(current, next);
        }
    }

    private void CutSound(PartMuxer current, long next)
    {
        if (next + current.LastFrame - partStart <= part)
        {
            return;
        }

        while (next - partStart > part)
        {
            ClosePart(current, partStart + part);
            CloseLongSegment(partStart);
        }

        if (next > partStart)
        {
            ClosePart(current, next);
        }

        if (partStart - segment.Start >= targets.Segment.Ticks)
        {
            segment.Close(partStart);
        }
    }

    private void CutWithoutPicture(PartMuxer current, long sound)
    {
        while (sound - Math.Max(partStart, previousVideo) > part + MaxLead)
        {
            ClosePart(current, partStart + part);
            CloseLongSegment(partStart);
        }
    }

    private void CloseLongSegment(long at)
    {
        if (at - segment.Start >= targets.LongestSegment.Ticks)
        {
            segment.Close(at);
        }
    }

    private void ClosePart(PartMuxer current, long end, bool takeAll = false)
    {
        var until = takeAll ? long.MaxValue : end;
        var bytes = current.Take(until, until, segment.NextFragment, out var isIndependent);
        if (bytes is not null)
        {
            segment.Add(bytes, partStart, end, isIndependent);
            partStart = end;
            return;
        }

        // Nothing fills this time: it is passed over, to where something starts.
        partStart = Math.Max(end, current.OldestStart ?? end);
        segment.PassOver(partStart);
    }
}
