namespace Kinopress.Media.Bitstreams;

/// <summary>Why something a publisher sent cannot be used. Members keep their names: failure codes are made of them.</summary>
public enum MediaRefusal
{
    /// <summary>Cut off, or with lengths and numbers that cannot be.</summary>
    Malformed,

    /// <summary>A frame came before the configuration without which it means nothing.</summary>
    NoConfiguration,

    /// <summary>A picture without a size, or with sides beyond 16384.</summary>
    PictureSize,

    /// <summary>H.265 as an elementary stream with start codes: its configuration cannot be told from it.</summary>
    HevcAnnexB,

    /// <summary>Sorenson H.263, screen video, On2 VP6 and what else FLV had before H.264.</summary>
    OldFlashVideo,
    Vp8,
    Vp9,

    /// <summary>H.266.</summary>
    Vvc,
    UnknownVideo,

    Mp3,
    Speex,

    /// <summary>A-law or µ-law.</summary>
    G711,
    Nellymoser,

    /// <summary>Uncompressed sound, or Adobe's ADPCM.</summary>
    Pcm,
    Ac3,
    EnhancedAc3,
    Flac,

    /// <summary>An MPEG-4 audio object type other than AAC-LC and AAC with SBR, or a layout that is not one to eight channels.</summary>
    AacProfile,
    UnknownAudio,
}
