namespace Kinopress.Media.Hls;

/// <summary>One choice of a multivariant playlist (RFC 8216 §4.3.4.2).</summary>
public sealed record VariantStream
{
    /// <summary>Of its media playlist.</summary>
    public required string Location { get; init; }

    /// <summary>As a viewer sees it; null for audio-only films.</summary>
    public required int? Width { get; init; }

    /// <summary>As a viewer sees it; null for audio-only films.</summary>
    public required int? Height { get; init; }

    /// <summary>Frames per second; null for audio-only films.</summary>
    public required double? FrameRate { get; init; }

    /// <summary>The highest of any segment, sound included.</summary>
    public required int BandwidthInBitsPerSecond { get; init; }

    public int? AverageBandwidthInBitsPerSecond { get; init; }

    /// <summary>RFC 6381, of picture and sound, comma-separated.</summary>
    public required string Codecs { get; init; }

    /// <summary>The <see cref="AudioRendition.Group"/> that plays with it; null for silent films and audio-only ones.</summary>
    public string? AudioGroup { get; init; }
}
