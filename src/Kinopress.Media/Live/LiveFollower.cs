using System.Diagnostics.CodeAnalysis;

namespace Kinopress.Media.Live;

/// <summary>
/// Packages another rendition of a live stream, cut at exactly the moments of the leader: same media sequence numbers, same
/// parts. It begins at the first segment that starts with a keyframe of its own, publishes later when its encoder lags, and
/// has gaps where its encoder was away. Take everything that came out before rendering a playlist: the last part of a segment
/// and the segment's end come together. Not thread-safe.
/// </summary>
public sealed class LiveFollower
{
    // What waits for an encoder that hangs; whoever feeds it ends it much earlier.
    private const int MaxPlanned = 2000;

    private readonly Queue<LiveOutput> plan = new();
    private readonly Queue<LiveOutput> outputs = new();
    private readonly List<LivePart> parts = [];
    private PartMuxer? muxer;
    private LiveTracks? announced;
    private int initNumber;
    private uint fragment = 1;
    private bool isJoined;
    private bool hasPublished;
    private long newestVideo = long.MinValue;
    private TimeSpan? delay;

    /// <summary>An encoder starts, or changes what it sends.</summary>
    /// <param name="tracks">Its picture, and the leader's sound.</param>
    public void Begin(LiveTracks tracks)
    {
        ArgumentNullException.ThrowIfNull(tracks.Video, nameof(tracks));
        Flush();
        muxer = new PartMuxer(tracks);
    }

    /// <summary>What the leader put out: parts and segments, in order, all there is before taking. Their bytes are not read.</summary>
    public void Follow(LiveOutput leader)
    {
        if (leader is LivePart or LiveSegment)
        {
            plan.Enqueue(leader);
            Advance(isLast: false);
        }
    }

    /// <summary>Takes the next unit, in the media time of the leader. Before <see cref="Begin"/> it is dropped.</summary>
    public void Append(in AccessUnit unit)
    {
        if (muxer?.Add(unit) is { } start && unit.Track == LiveTrack.Video)
        {
            newestVideo = start;
            delay ??= TimeSpan.FromMilliseconds(unit.CompositionOffset);
            Advance(isLast: false);
        }
    }

    /// <summary>The encoder is gone: what it sent comes out as far as the leader has come, the rest is a gap.</summary>
    public void Flush()
    {
        muxer?.FinishVideo();
        Advance(isLast: true);
        muxer?.Clear();
        (muxer, isJoined, newestVideo, delay) = (null, false, long.MinValue, null);
    }

    /// <summary>What came out since, in order; false when there is nothing more.</summary>
    public bool TryTake([NotNullWhen(true)] out LiveOutput? output) => outputs.TryDequeue(out output);

    private void Advance(bool isLast)
    {
        while (plan.TryPeek(out var next))
        {
            if (next is LivePart part && !TryPublish(part, isLast || plan.Count > MaxPlanned))
            {
                return;
            }

            if (next is LiveSegment segment)
            {
                Close(segment);
            }

            plan.Dequeue();
        }
    }

    /// <returns>False when it has to wait for pictures.</returns>
    private bool TryPublish(LivePart leader, bool mustNotWait)
    {
        if (muxer is null)
        {
            return true;
        }

        // The same picture is decoded at another time when one encoder reorders pictures and the other does not.
        var apart = (leader.CompositionDelay - (delay ?? leader.CompositionDelay)).Ticks;
        if (!mustNotWait && newestVideo < leader.End.Ticks + apart)
        {
            return false;
        }

        if (leader.Index == 0 && !isJoined)
        {
            muxer.DropBefore(leader.Start.Ticks + apart, leader.Start.Ticks);
            isJoined = muxer.StartsWithKeyframeBefore(leader.End.Ticks + apart);
        }

        if (!isJoined || muxer.Take(leader.End.Ticks + apart, leader.End.Ticks, fragment, out var isIndependent) is not { } bytes)
        {
            return true;
        }

        Announce(muxer.Tracks);
        fragment++;
        hasPublished = true;
        var part = leader with { Index = parts.Count, InitNumber = initNumber, IsIndependent = isIndependent, Bytes = bytes };
        parts.Add(part);
        outputs.Enqueue(part);
        return true;
    }

    private void Announce(LiveTracks tracks)
    {
        if (announced?.Matches(tracks) != true)
        {
            announced = tracks;
            initNumber++;
            outputs.Enqueue(new LiveInit(initNumber, tracks, Fmp4.LiveHeader.Write(tracks.Video, tracks.Audio)));
        }
    }

    private void Close(LiveSegment leader)
    {
        if (!hasPublished)
        {
            return;
        }

        outputs.Enqueue(leader with
        {
            InitNumber = initNumber,
            IsGap = parts.Count == 0,
            IsIndependent = parts.Count > 0 && parts[0].IsIndependent,
            Duration = parts.Count > 0 ? TimeSpan.FromTicks(parts.Sum(part => part.Duration.Ticks)) : leader.Duration,
            Parts = [.. parts],
        });
        parts.Clear();
    }
}
