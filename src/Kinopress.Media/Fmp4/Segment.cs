namespace Kinopress.Media.Fmp4;

/// <summary>A byte range of a fragmented file that a playlist names as one media segment.</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Start">In the film's time.</param>
/// <param name="IsIndependent">It starts with a keyframe, so that a player may start with it.</param>
public sealed record Segment(long Offset, long Size, TimeSpan Start, TimeSpan Duration, bool IsIndependent = true);
