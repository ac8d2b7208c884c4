namespace Kinopress.Media.Flv;

/// <summary>Kinds of tags, and of RTMP messages that carry their bodies (Adobe FLV 10.1 annex E.4.1).</summary>
public enum FlvTagType
{
    Audio = 8,
    Video = 9,
    Script = 18,
}
