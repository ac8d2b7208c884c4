namespace Kinopress.Media.Fmp4;

/// <summary>The shape of a fragmented MP4 with one track: what a playlist needs to name its parts.</summary>
public sealed record FragmentedFile
{
    /// <summary>Bytes from the start of the file to its first fragment: the initialisation segment.</summary>
    public required long InitSize { get; init; }

    /// <summary>Ticks per second.</summary>
    public required uint Timescale { get; init; }

    /// <summary>RFC 6381: <c>avc1.640028</c>, <c>mp4a.40.2</c>, <c>opus</c>, …</summary>
    public required string Codecs { get; init; }

    /// <summary>Stored pixels; null for sound.</summary>
    public int? Width { get; init; }

    /// <summary>Stored pixels; null for sound.</summary>
    public int? Height { get; init; }

    /// <summary>In file order; empty when the chunk held no samples.</summary>
    public required IReadOnlyList<Fragment> Fragments { get; init; }

    /// <summary>Reads box headers and metadata; samples are skipped. Memory is bounded whatever the file claims.</summary>
    /// <param name="stream">Positioned at the file's start. Need not seek. Left open.</param>
    /// <exception cref="InvalidFragmentedFileException">Malformed, cut off, or not exactly one track.</exception>
    public static Task<FragmentedFile> ReadAsync(Stream stream, CancellationToken cancellationToken) =>
        new FragmentedFileReader(stream).ReadAsync(cancellationToken);

    /// <summary>
    /// The longest time from one keyframe to the next, or to the end. A copied rendition with more than about ten
    /// seconds seeks and switches too slowly to be offered.
    /// </summary>
    public TimeSpan LongestKeyframeInterval()
    {
        var longest = 0L;
        var current = 0L;
        foreach (var fragment in Fragments)
        {
            current = fragment.StartsWithKeyframe ? fragment.Duration : current + fragment.Duration;
            longest = Math.Max(longest, current);
        }

        return Time(longest);
    }

    /// <summary>Ticks of <see cref="Timescale"/> as time.</summary>
    public TimeSpan Time(long ticks) =>
        TimeSpan.FromTicks(
        (long)Int128.Clamp((Int128)ticks * TimeSpan.TicksPerSecond / Timescale, long.MinValue, long.MaxValue));
}
