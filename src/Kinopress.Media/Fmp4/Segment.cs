namespace Kinopress.Media.Fmp4;

/// <summary>A byte range of a fragmented file that a playlist names as one media segment.</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Start">In the film's time.</param>
public sealed record Segment(long Offset, long Size, TimeSpan Start, TimeSpan Duration);
