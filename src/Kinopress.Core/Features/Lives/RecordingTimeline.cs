using System.Text.Json;

namespace Kinopress.Core.Features.Lives;

/// <summary>How moments of a session lie in its recording, which leaves out the times without an encoder. Pure.</summary>
/// <param name="Gaps">What was left out, in order, not overlapping.</param>
public sealed record RecordingTimeline(IReadOnlyList<RecordingGap> Gaps)
{
    // An encoder that goes and comes every twenty seconds for six hours; what is beyond moves by as little.
    private const int MaxKeptGaps = 1000;

    public static RecordingTimeline Unbroken { get; } = new([]);

    /// <summary>Where a moment of the session is in the recording; a moment within a gap is where the gap was cut out.</summary>
    /// <param name="offset">Since the session started.</param>
    public TimeSpan PositionOf(TimeSpan offset) =>
        Gaps.Where(gap => gap.At < offset).Aggregate(offset, (position, gap) => position - Min(gap.Length, offset - gap.At));

    /// <summary>The first moment of the session that is at a place of the recording.</summary>
    /// <returns>Since the session started.</returns>
    public TimeSpan OffsetOf(TimeSpan position) =>
        Gaps.Aggregate(position, (offset, gap) => gap.At < offset ? offset + gap.Length : offset);

    /// <summary>As it is kept in the database; null when nothing was left out.</summary>
    public string? Write() => Gaps.Count == 0
        ? null
        : JsonSerializer.Serialize(Gaps.Take(MaxKeptGaps).Select(gap => new[] { (long)gap.At.TotalMilliseconds, (long)gap.Length.TotalMilliseconds }));

    /// <param name="kept">What <see cref="Write"/> gave.</param>
    public static RecordingTimeline Read(string? kept) => kept is null
        ? Unbroken
        : new([.. (JsonSerializer.Deserialize<long[][]>(kept) ?? []).Select(gap => new RecordingGap(TimeSpan.FromMilliseconds(gap[0]), TimeSpan.FromMilliseconds(gap[1])))]);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
