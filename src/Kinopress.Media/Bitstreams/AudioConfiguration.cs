namespace Kinopress.Media.Bitstreams;

/// <summary>What a decoder needs to know before the first sound.</summary>
public sealed record AudioConfiguration
{
    public required MediaCodec Codec { get; init; }

    /// <summary>AudioSpecificConfig of AAC (ISO/IEC 14496-3 §1.6.2.1), or <c>OpusHead</c> (RFC 7845 §5.1).</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>RFC 6381: <c>mp4a.40.2</c>, <c>opus</c>.</summary>
    public required string CodecName { get; init; }

    /// <summary>In hertz, of the core coder: with SBR half of what is heard. Ticks of time are counted in it.</summary>
    public required int SampleRate { get; init; }

    /// <summary>In hertz, as heard. Implicit SBR may still double it (<see cref="MayHaveImplicitSbr"/>).</summary>
    public required int OutputSampleRate { get; init; }

    public required int Channels { get; init; }

    /// <summary>Samples at <see cref="SampleRate"/> in each frame; zero when frames differ (Opus).</summary>
    public required int SamplesPerFrame { get; init; }

    /// <summary>At 24 kHz and below a decoder has to expect SBR that is not announced (ISO/IEC 14496-3 §1.6.5.3).</summary>
    public bool MayHaveImplicitSbr { get; init; }

    /// <summary>Reads a configuration record. Copies it.</summary>
    /// <param name="refusal">Null when the result is not.</param>
    public static AudioConfiguration? Parse(MediaCodec codec, ReadOnlySpan<byte> record, out MediaRefusal? refusal) => codec switch
    {
        MediaCodec.Aac => AudioSpecificConfig.Parse(record, out refusal),
        MediaCodec.Opus => OpusHead.Parse(record, out refusal),
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };
}
