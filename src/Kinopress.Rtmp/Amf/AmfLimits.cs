namespace Kinopress.Rtmp.Amf;

/// <summary>Bounds on what a stranger may make us build. Real commands and metadata stay far below each.</summary>
internal static class AmfLimits
{
    public const int Depth = 16;
    public const int KeysPerObject = 256;
    public const int StringSizeInBytes = 64 * 1024;

    /// <summary>In one message, however they are nested.</summary>
    public const int Values = 4096;
}
