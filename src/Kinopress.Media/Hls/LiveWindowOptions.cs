using Kinopress.Media.Live;

namespace Kinopress.Media.Hls;

/// <summary>What stays the same in all playlists of one rendition of a live stream.</summary>
public sealed record LiveWindowOptions
{
    public required LiveTargets Targets { get; init; }

    /// <summary>Before every name, relative to the playlist, with a slash at the end: <c>9f2c41d07a86/</c>. New for each session.</summary>
    public required string Prefix { get; init; }

    /// <summary>How far back viewers can go. At least six target durations are kept in any case.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many discontinuities the other renditions had before this one's first segment.</summary>
    public long FirstDiscontinuity { get; init; }

    public string InitLocation(int number) => $"{Prefix}init-{number}.mp4";

    public string SegmentLocation(long mediaSequence) => $"{Prefix}{mediaSequence}.m4s";

    public string PartLocation(long mediaSequence, int part) => $"{Prefix}{mediaSequence}.{part}.m4s";
}

/// <summary>How far another rendition has come (RFC 8216bis §4.4.5.4).</summary>
/// <param name="Location">Of its playlist, relative to this one.</param>
/// <param name="LastMediaSequence">Of its last segment, complete or not.</param>
/// <param name="LastPart">Index of that segment's last part; null when it has none.</param>
public sealed record RenditionReport(string Location, long LastMediaSequence, int? LastPart);
