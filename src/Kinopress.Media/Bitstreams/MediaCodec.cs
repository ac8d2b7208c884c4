namespace Kinopress.Media.Bitstreams;

/// <summary>What a live stream may carry to browsers as it comes.</summary>
public enum MediaCodec
{
    /// <summary>H.264.</summary>
    Avc,

    /// <summary>H.265.</summary>
    Hevc,

    Av1,

    /// <summary>AAC, with or without SBR.</summary>
    Aac,

    Opus,
}
