namespace Kinopress.Media.Live;

/// <summary>What comes out of a segmenter, in order: an init, parts, the segment they were, and so on.</summary>
public abstract record LiveOutput;

/// <summary>An initialisation segment: from here on others are to be decoded with it.</summary>
/// <param name="Number">Rising from 1 within a session.</param>
public sealed record LiveInit(int Number, LiveTracks Tracks, ReadOnlyMemory<byte> Bytes) : LiveOutput;

/// <summary>A partial segment (RFC 8216bis §4.4.4.9): one movie fragment.</summary>
public sealed record LivePart : LiveOutput
{
    /// <summary>Media sequence number of its segment.</summary>
    public required long MediaSequence { get; init; }

    /// <summary>Rising from 0 within a segment.</summary>
    public required int Index { get; init; }

    /// <summary>Number of the init it is decoded with.</summary>
    public required int InitNumber { get; init; }

    /// <summary>In the session's media time; the same in every rendition.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>Greater than zero; never above the part target.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Its first picture is a keyframe, or it has sound alone.</summary>
    public required bool IsIndependent { get; init; }

    /// <summary>The segment starts a new stretch: encoding or clock changed before it.</summary>
    public required bool IsDiscontinuity { get; init; }

    /// <summary>When the segment's first moment happened.</summary>
    public required DateTimeOffset SegmentProgramDateTime { get; init; }

    /// <summary>
    /// Presentation minus decode time of the stretch's first picture: an encoder that reorders pictures sends them so much
    /// early. Times here are of decoding, so renditions of differing delay are cut this much apart. Zero without pictures.
    /// </summary>
    public required TimeSpan CompositionDelay { get; init; }

    /// <summary>Whoever takes the part holds its one reference.</summary>
    public required SharedBytes Bytes { get; init; }

    /// <summary>In the session's media time.</summary>
    public TimeSpan End => Start + Duration;
}

/// <summary>A segment is complete: its bytes are those of its parts, one after another.</summary>
public sealed record LiveSegment : LiveOutput
{
    public required long MediaSequence { get; init; }

    /// <summary>Number of the init it is decoded with.</summary>
    public required int InitNumber { get; init; }

    /// <summary>In the session's media time; the same in every rendition.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>The sum of its parts' durations.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Its first picture is a keyframe, or it has sound alone.</summary>
    public required bool IsIndependent { get; init; }

    /// <summary>Encoding or clock changed before it.</summary>
    public required bool IsDiscontinuity { get; init; }

    /// <summary>When its first moment happened.</summary>
    public required DateTimeOffset ProgramDateTime { get; init; }

    /// <summary>The records that came before, without references of their own: retain before the parts' holder releases.</summary>
    public required IReadOnlyList<LivePart> Parts { get; init; }

    /// <summary>This rendition has nothing for the time of this segment (<c>EXT-X-GAP</c>); there are no parts.</summary>
    public bool IsGap { get; init; }

    /// <summary>In bytes.</summary>
    public long Size => Parts.Sum(part => (long)part.Bytes.Length);

    /// <summary>In the session's media time.</summary>
    public TimeSpan End => Start + Duration;
}
