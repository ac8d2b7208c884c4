using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;

namespace Kinopress.Core.Features.Lives;

/// <summary>What was kept of a session. All files are in the blob store already.</summary>
/// <param name="Renditions">The same time in several qualities; empty when nothing was kept.</param>
public sealed record LiveRecording(IReadOnlyList<RecordedRendition> Renditions)
{
    /// <summary>Times on air that are not in the recording, in order: the encoder was away.</summary>
    public IReadOnlyList<RecordingGap> Gaps { get; init; } = [];

    /// <summary>Of the longest quality.</summary>
    public TimeSpan Duration => Renditions.Select(rendition => rendition.Duration).DefaultIfEmpty(TimeSpan.Zero).Max();

    public RecordingTimeline Timeline => new(Gaps);

    /// <summary>The chapters of the replay; none where nothing was marked.</summary>
    /// <param name="title">What it was called when it started.</param>
    internal IEnumerable<(TimeSpan Start, string Title)> ChaptersOf(string title, IReadOnlyList<LiveMarker> markers)
    {
        var duration = Duration;
        var marked = markers
            .OrderBy(marker => marker.OffsetInMilliseconds)
            .Select(marker => (Start: Timeline.PositionOf(TimeSpan.FromMilliseconds(marker.OffsetInMilliseconds)), marker.Title))
            .Where(chapter => chapter.Start < duration)
            .ToList();
        return marked.Count == 0
            ? []
            : marked.Prepend((Start: TimeSpan.Zero, Title: title)).GroupBy(chapter => (long)chapter.Start.TotalSeconds).Select(second => second.Last()).Select(AtStart);
    }

    // What was marked within the first second is the name of the beginning.
    private static (TimeSpan Start, string Title) AtStart((TimeSpan Start, string Title) chapter) =>
        chapter.Start < TimeSpan.FromSeconds(1) ? (TimeSpan.Zero, chapter.Title) : chapter;
}

/// <summary>A time on air that is not in the recording.</summary>
/// <param name="At">Since the session started.</param>
public sealed record RecordingGap(TimeSpan At, TimeSpan Length);

/// <summary>How a session ends.</summary>
public sealed record LiveSessionEnding
{
    public required LiveEndReason Reason { get; init; }

    /// <summary>Null means now; a session that a crash cut off ended earlier.</summary>
    public DateTimeOffset? At { get; init; }

    public int PeakViewers { get; init; }

    /// <summary>Null when nothing was kept; the session then leaves no video.</summary>
    public LiveRecording? Recording { get; init; }
}
