namespace Kinopress.Rtmp;

/// <summary>Bits of <c>capsEx</c> (Enhanced RTMP v2, "Enhancing NetConnection connect Command").</summary>
[Flags]
public enum RtmpCapabilities
{
    None = 0,
    Reconnect = 1,
    Multitrack = 2,
    ModEx = 4,
    TimestampNanoOffset = 8,
}
