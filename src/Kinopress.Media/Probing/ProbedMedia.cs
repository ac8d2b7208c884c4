namespace Kinopress.Media.Probing;

/// <summary>What ffprobe found in a file: everything planning needs. Safe to store as JSON.</summary>
public sealed record ProbedMedia
{
    /// <summary>ffmpeg's demuxer name, which may list several: <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public required string FormatName { get; init; }

    /// <summary>From the first moment of any track to the last.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The file's own time of the film's first moment; transport streams rarely start at zero.</summary>
    public TimeSpan StartTime { get; init; }

    /// <summary>Of the whole file.</summary>
    public long? BitrateInBitsPerSecond { get; init; }

    /// <summary>Null for audio-only films.</summary>
    public VideoTrack? Video { get; init; }

    /// <summary>In the file's order; empty for silent films.</summary>
    public required IReadOnlyList<AudioTrack> Audio { get; init; }
}
