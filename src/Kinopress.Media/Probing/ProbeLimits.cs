namespace Kinopress.Media.Probing;

/// <summary>What a site accepts. Larger pictures would let a tiny file take all memory of a worker.</summary>
public sealed record ProbeLimits
{
    public static ProbeLimits Default { get; } = new();

    public TimeSpan MinDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Stored width times stored height. The default takes 8K in all its shapes.</summary>
    public long MaxPixels { get; init; } = 8192L * 4608;

    /// <summary>The longer of width and height, in pixels.</summary>
    public int MaxSide { get; init; } = 16384;
}
