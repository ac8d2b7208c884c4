namespace Kinopress.Media.Fmp4;

/// <summary>A movie fragment with its samples (<c>moof</c> and <c>mdat</c>; ISO/IEC 14496-12 §8.8).</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Size">In bytes, from this fragment's first box to the next fragment's.</param>
/// <param name="DecodeTime">Of the first sample, in ticks of the file's timescale.</param>
/// <param name="Duration">Of all samples, in the same ticks.</param>
public readonly record struct Fragment(long Offset, long Size, long DecodeTime, long Duration, bool StartsWithKeyframe);
