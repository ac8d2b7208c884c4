namespace Kinopress.Media.Probing;

/// <summary>One sound track of the film.</summary>
public sealed record AudioTrack
{
    /// <summary>ffmpeg's stream index in the file.</summary>
    public required int Index { get; init; }

    /// <summary>ffmpeg's codec name: <c>aac</c>, <c>opus</c>, <c>ac3</c>, …</summary>
    public required string Codec { get; init; }

    public string? Profile { get; init; }

    public required int Channels { get; init; }

    /// <summary>Samples per second.</summary>
    public required int SampleRate { get; init; }

    /// <summary>As the file says it, usually ISO 639-2 (<c>eng</c>); null when absent or undetermined.</summary>
    public string? Language { get; init; }

    public string? Title { get; init; }

    public long? BitrateInBitsPerSecond { get; init; }

    /// <summary>The file marks this track as the one to play first. More than one track may be marked.</summary>
    public required bool IsDefault { get; init; }
}
