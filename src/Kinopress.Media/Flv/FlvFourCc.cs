namespace Kinopress.Media.Flv;

/// <summary>Codecs of Enhanced RTMP as big-endian numbers.</summary>
internal static class FlvFourCc
{
    public const uint Avc1 = 0x61766331;
    public const uint Hvc1 = 0x68766331;
    public const uint Vvc1 = 0x76766331;
    public const uint Av01 = 0x61763031;
    public const uint Vp08 = 0x76703038;
    public const uint Vp09 = 0x76703039;
    public const uint Mp4a = 0x6D703461;
    public const uint Opus = 0x4F707573;
    public const uint Ac3 = 0x61632D33;
    public const uint EnhancedAc3 = 0x65632D33;
    public const uint Mp3 = 0x2E6D7033;
    public const uint Flac = 0x664C6143;
}
