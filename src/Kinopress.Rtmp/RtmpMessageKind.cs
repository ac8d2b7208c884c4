namespace Kinopress.Rtmp;

/// <summary>What a message carries. The values are those of FLV tags and of RTMP message types (RTMP 1.0 §7.1).</summary>
public enum RtmpMessageKind
{
    Audio = 8,
    Video = 9,

    /// <summary>AMF0 data, in practice <c>onMetaData</c>.</summary>
    Data = 18,
}
