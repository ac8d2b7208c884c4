using System.Runtime.InteropServices;

namespace Kinopress.Media.Hls;

/// <summary>A segment near the end, listed with its parts.</summary>
/// <param name="End">In the playlist's time: the sum of durations so far.</param>
/// <param name="HasMap">Its lines name its init.</param>
/// <param name="Lines">All of them; those of parts stand between two positions.</param>
internal sealed record RecentSegment(
    TimeSpan End, int PartCount, int InitNumber, bool HasMap, bool IsDiscontinuity, byte[] Lines, int PartsStart, int PartsEnd);

/// <summary>A segment whose lines change no more.</summary>
/// <param name="Position">Of its lines within <see cref="PlaylistPages"/>.</param>
/// <param name="End">In the playlist's time: the sum of durations so far.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SettledSegment(long Position, TimeSpan End, int InitNumber, bool HasMap, bool IsDiscontinuity);

/// <summary>Settled segments in order; old ones leave at the front.</summary>
internal sealed class SettledSegments
{
    private readonly List<SettledSegment> list = [];
    private int first;

    public int Count => list.Count - first;

    public SettledSegment this[int index] => list[first + index];

    public void Add(SettledSegment segment) => list.Add(segment);

    public void RemoveFirst()
    {
        first++;
        if (first >= 1024 && first * 2 >= list.Count)
        {
            list.RemoveRange(0, first);
            first = 0;
        }
    }

    /// <summary>How many end at a moment or before.</summary>
    public int CountBefore(TimeSpan moment)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = this[middle].End <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
