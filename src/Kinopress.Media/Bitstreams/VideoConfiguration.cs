namespace Kinopress.Media.Bitstreams;

/// <summary>What a decoder needs to know before the first picture.</summary>
public sealed record VideoConfiguration
{
    public required MediaCodec Codec { get; init; }

    /// <summary>The configuration record: content of <c>avcC</c>, <c>hvcC</c> or <c>av1C</c>, as MP4 stores it.</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>RFC 6381: <c>avc1.640028</c>.</summary>
    public required string CodecName { get; init; }

    /// <summary>In pixels, cropped as a viewer sees it.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels, cropped as a viewer sees it.</summary>
    public required int Height { get; init; }

    /// <summary>As the stream itself declares it, often wrongly for variable rates; null when it does not.</summary>
    public Rational? FrameRate { get; init; }

    /// <summary>Bytes before each NAL unit as the publisher sends them: 1, 2 or 4; 4 where there are none.</summary>
    public int NalLengthSize { get; init; } = 4;

    /// <summary>Reads a configuration record (ISO/IEC 14496-15 §5.3.3.1 and §8.3.3.1; AV1 in ISO media §2.3.3). Copies it.</summary>
    /// <param name="refusal">Null when the result is not.</param>
    public static VideoConfiguration? Parse(MediaCodec codec, ReadOnlySpan<byte> record, out MediaRefusal? refusal) => codec switch
    {
        MediaCodec.Avc => AvcConfiguration.Parse(record, out refusal),
        MediaCodec.Hevc => HevcConfiguration.Parse(record, out refusal),
        MediaCodec.Av1 => Av1Configuration.Parse(record, out refusal),
        _ => throw new ArgumentOutOfRangeException(nameof(codec)),
    };
}
