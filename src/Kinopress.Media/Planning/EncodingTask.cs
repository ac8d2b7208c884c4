namespace Kinopress.Media.Planning;

/// <summary>One run of ffmpeg. Any worker can run any task of a plan, in any order, with the same result.</summary>
public sealed record EncodingTask
{
    /// <summary>Stable, URL-safe, unique in the plan.</summary>
    public required string Key { get; init; }

    public required EncodingTaskKind Kind { get; init; }

    /// <summary>From zero to <see cref="ChunkCount"/> - 1.</summary>
    public required int ChunkIndex { get; init; }

    public required int ChunkCount { get; init; }

    /// <summary>Counted from the film's first moment. Frames at this time belong to the task.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>Frames at this time belong to the next chunk; null: to the end of the film.</summary>
    public TimeSpan? End { get; init; }

    /// <summary>Keys of the renditions and sound tracks that the task makes, one file each.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Work compared with the plan's other tasks; above zero. Only sums and shares mean something.</summary>
    public required double Cost { get; init; }
}
