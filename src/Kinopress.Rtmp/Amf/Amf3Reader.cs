using System.Buffers.Binary;
using System.Text;

namespace Kinopress.Rtmp.Amf;

/// <summary>
/// Reads the simple values of AMF 3 (AMF 3 specification §3) behind the marker that switches to it for one value. We answer
/// <c>objectEncoding 0</c>, so that no client has a reason to send its objects; they are refused.
/// </summary>
internal static class Amf3Reader
{
    public static AmfValue Read(ref ReadOnlySpan<byte> rest) => Take(ref rest, 1)[0] switch
    {
        0x00 => AmfUndefined.Value,
        0x01 => AmfNull.Value,
        0x02 => new AmfBoolean(false),
        0x03 => new AmfBoolean(true),
        0x04 => new AmfNumber(SignedInteger(ref rest)),
        0x05 => new AmfNumber(BinaryPrimitives.ReadDoubleBigEndian(Take(ref rest, 8))),
        0x06 => new AmfString(Text(ref rest)),
        var marker => throw AmfReader.Malformed($"AMF 3 values of marker {marker:x2} are not read"),
    };

    private static string Text(ref ReadOnlySpan<byte> rest)
    {
        var header = Integer(ref rest);
        if ((header & 1) == 0)
        {
            throw AmfReader.Malformed("A reference to an AMF 3 string has nothing to refer to");
        }

        var size = header >> 1;
        return size <= AmfLimits.StringSizeInBytes ? Encoding.UTF8.GetString(Take(ref rest, size)) : throw AmfReader.Malformed("A string is too long");
    }

    private static int SignedInteger(ref ReadOnlySpan<byte> rest)
    {
        var value = Integer(ref rest);
        return value >= 1 << 28 ? value - (1 << 29) : value;
    }

    /// <summary>U29: up to three bytes of seven bits and a continuation bit, then one of eight.</summary>
    private static int Integer(ref ReadOnlySpan<byte> rest)
    {
        var value = 0;
        for (var i = 0; i < 3; i++)
        {
            var next = Take(ref rest, 1)[0];
            value = (value << 7) | (next & 0x7f);
            if (next < 0x80)
            {
                return value;
            }
        }

        return (value << 8) | Take(ref rest, 1)[0];
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (count > rest.Length)
        {
            throw AmfReader.Malformed("A value is cut off");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
