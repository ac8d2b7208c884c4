namespace Kinopress.Media.Planning;

/// <summary>One quality of the picture.</summary>
public sealed record PlannedRendition
{
    /// <summary>Stable, URL-safe, unique in the plan: <c>1080p</c>, <c>720p60</c>, <c>1080p-vp9</c> for a copy in another codec.</summary>
    public required string Key { get; init; }

    /// <summary>As a viewer sees it; even.</summary>
    public required int Width { get; init; }

    /// <summary>As a viewer sees it; even.</summary>
    public required int Height { get; init; }

    public required Rational FrameRate { get; init; }

    /// <summary>The source's own picture, not encoded again.</summary>
    public required bool IsCopy { get; init; }

    /// <summary>x264's constant rate factor; lower is better. Zero for a copy.</summary>
    public required int Crf { get; init; }

    /// <summary>The cap on what the rate factor may spend. For a copy, the source's own average where known.</summary>
    public required int MaxBitrateInBitsPerSecond { get; init; }
}
