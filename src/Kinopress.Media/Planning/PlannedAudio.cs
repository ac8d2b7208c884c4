namespace Kinopress.Media.Planning;

/// <summary>One sound track, made once and shared by every rendition.</summary>
public sealed record PlannedAudio
{
    /// <summary>Stable, URL-safe, unique in the plan: <c>audio-0</c>.</summary>
    public required string Key { get; init; }

    /// <summary>ffmpeg's stream index in the source.</summary>
    public required int TrackIndex { get; init; }

    public required bool IsCopy { get; init; }

    /// <summary>Of the result: more than two are mixed down to two unless copied.</summary>
    public required int Channels { get; init; }

    public required int BitrateInBitsPerSecond { get; init; }

    public string? Language { get; init; }

    public string? Title { get; init; }

    /// <summary>Exactly one track of a plan with sound is the default.</summary>
    public required bool IsDefault { get; init; }
}
