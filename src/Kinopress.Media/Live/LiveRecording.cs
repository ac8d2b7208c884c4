using Kinopress.Media.Fmp4;

namespace Kinopress.Media.Live;

/// <summary>
/// Where segments lie in a recording: a file of one init and the segments that are decoded with it, one after another, which
/// is a valid fragmented MP4 at any moment between two segments. A new init wants a new file.
/// </summary>
public sealed class LiveRecording(LiveInit init)
{
    private readonly List<Segment> segments = [];
    private TimeSpan? start;

    public LiveInit Init => init;

    /// <summary>In bytes, of everything added so far.</summary>
    public long Size { get; private set; } = init.Bytes.Length;

    public TimeSpan Duration { get; private set; }

    /// <summary>In file order; starts are counted from the first segment's.</summary>
    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>Whether a segment belongs into this file: gaps do not, nor what another init decodes.</summary>
    public bool Accepts(LiveSegment segment) => !segment.IsGap && segment.InitNumber == init.Number;

    /// <summary>To be called when the bytes of all parts were written at the end of the file.</summary>
    /// <returns>The range they take.</returns>
    public Segment Add(LiveSegment segment)
    {
        if (!Accepts(segment))
        {
            throw new ArgumentException("The segment belongs to another recording", nameof(segment));
        }

        start ??= segment.Start;
        var added = new Segment(Size, segment.Size, segment.Start - start.Value, segment.Duration);
        segments.Add(added);
        Size += added.Size;
        Duration = added.Start + added.Duration;
        return added;
    }
}
