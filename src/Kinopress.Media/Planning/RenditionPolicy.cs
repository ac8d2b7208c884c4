namespace Kinopress.Media.Planning;

/// <summary>What a site wants made of every film.</summary>
public sealed record RenditionPolicy
{
    public static RenditionPolicy Default { get; } = new();

    /// <summary>The rungs of the ladder: the shorter side of the picture in pixels. Order does not matter.</summary>
    public IReadOnlyList<int> ShortSides { get; init; } = [2160, 1440, 1080, 720, 480, 360, 240];

    /// <summary>Source time one task encodes, rounded up to whole segments. Null: one chunk, the whole film.</summary>
    public TimeSpan? ChunkDuration { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan SegmentDuration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The grid on which every encoded rendition has a keyframe. Divides <see cref="SegmentDuration"/>.</summary>
    public TimeSpan KeyframeInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Faster films are thinned by a whole number until they fit: 120 becomes 60, 144 becomes 48.</summary>
    public double MaxFrameRate { get; init; } = 60;

    /// <summary>Whether a source that browsers play is kept as it is and published at once.</summary>
    public bool AllowCopy { get; init; } = true;
}
