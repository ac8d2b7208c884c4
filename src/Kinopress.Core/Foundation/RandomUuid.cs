using System.Security.Cryptography;

namespace Kinopress.Core.Foundation;

/// <summary>UUIDv4 (RFC 9562 §5.4) for ids that the world sees and that must not tell when they were made.</summary>
public static class RandomUuid
{
    public static Guid New()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
