namespace Kinopress.Rtmp.Amf;

/// <summary>The byte in front of each value (AMF 0 §2.1). 0x04 and 0x0E are reserved and refused.</summary>
internal static class AmfMarker
{
    public const byte Number = 0x00;
    public const byte Boolean = 0x01;
    public const byte String = 0x02;
    public const byte Object = 0x03;
    public const byte Null = 0x05;
    public const byte Undefined = 0x06;
    public const byte Reference = 0x07;
    public const byte EcmaArray = 0x08;
    public const byte ObjectEnd = 0x09;
    public const byte StrictArray = 0x0A;
    public const byte Date = 0x0B;
    public const byte LongString = 0x0C;
    public const byte Unsupported = 0x0D;
    public const byte XmlDocument = 0x0F;
    public const byte TypedObject = 0x10;

    /// <summary>The next value is AMF 3.</summary>
    public const byte Amf3 = 0x11;
}
