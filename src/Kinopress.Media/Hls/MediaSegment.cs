namespace Kinopress.Media.Hls;

/// <summary>One entry of a media playlist (RFC 8216 §4.3.2.1).</summary>
/// <param name="Location">An address, relative to the playlist or absolute.</param>
/// <param name="Duration">Presentation time; greater than zero.</param>
/// <param name="IsDiscontinuity">Timestamps or encoding change before this segment.</param>
/// <param name="MapLocation">Initialisation segment from here on; null keeps the one before.</param>
public sealed record MediaSegment(
    string Location, TimeSpan Duration, bool IsDiscontinuity = false, string? MapLocation = null);
