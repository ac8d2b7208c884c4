namespace Kinopress.Media.Fmp4;

/// <summary>Groups fragments into segments.</summary>
public static class Segmenter
{
    // A keyframe this little before the grid counts as on it: 23.976 frames a second never fall on whole seconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Cuts at the first keyframe in each interval of the film's time, so that renditions with keyframes at the same
    /// instants have segments at the same instants. Where keyframes are rarer, segments are longer.
    /// </summary>
    /// <param name="target">Greater than zero. A segment is shorter than this plus one keyframe interval.</param>
    /// <returns>In order; every fragment is in exactly one segment.</returns>
    public static IReadOnlyList<Segment> Group(FragmentedFile file, TimeSpan target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(target, TimeSpan.Zero);
        var segments = new List<Segment>();
        var first = 0;
        for (var i = 1; i <= file.Fragments.Count; i++)
        {
            if (i == file.Fragments.Count || IsCut(file, file.Fragments[first], file.Fragments[i], target))
            {
                segments.Add(Join(file, first, i));
                first = i;
            }
        }

        return segments;
    }

    private static bool IsCut(FragmentedFile file, Fragment first, Fragment next, TimeSpan target) =>
        next.StartsWithKeyframe && Slot(file, next, target) > Slot(file, first, target);

    private static long Slot(FragmentedFile file, Fragment fragment, TimeSpan target) =>
        (file.Time(fragment.DecodeTime).Ticks + Tolerance.Ticks) / target.Ticks;

    // To the next fragment's start rather than the sum of durations: playlists must not drift from the samples.
    private static Segment Join(FragmentedFile file, int first, int end)
    {
        var start = file.Fragments[first];
        var last = file.Fragments[end - 1];
        var until = end < file.Fragments.Count ? file.Fragments[end].DecodeTime : last.DecodeTime + last.Duration;
        var (from, to) = (file.Time(start.DecodeTime), file.Time(Math.Max(until, start.DecodeTime)));
        return new Segment(start.Offset, last.Offset + last.Size - start.Offset, from, to - from, start.StartsWithKeyframe);
    }
}
