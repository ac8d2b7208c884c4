using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kinopress.Media.Flv;

/// <summary>
/// What stands before the payload of an enhanced tag, for pictures and sound alike: modifiers, the packet type, the track and
/// the FourCC (Enhanced RTMP v2, "Enhanced Video" and "Enhanced Audio").
/// </summary>
/// <param name="IsIgnored">A further track: the first, number 0, is the one to play.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EnhancedHeader(int PacketType, uint FourCc, int Position, bool IsIgnored, bool IsMalformed)
{
    private const int ModEx = 7;
    private const int OneTrack = 0;
    private const int MaxModifiers = 16;

    private static EnhancedHeader Malformed => new(0, 0, 0, false, true);

    /// <param name="multitrack">The packet type that means so: it differs between pictures and sound.</param>
    public static EnhancedHeader Parse(ReadOnlySpan<byte> body, int multitrack)
    {
        var type = body[0] & 0x0F;
        var position = 1;
        for (var i = 0; type == ModEx; i++)
        {
            if (i == MaxModifiers || !TrySkipModifier(body, ref position, out type))
            {
                return Malformed;
            }
        }

        var isMultitrack = type == multitrack;
        var trackType = OneTrack;
        if (isMultitrack)
        {
            if (position >= body.Length)
            {
                return Malformed;
            }

            (trackType, type) = (body[position] >> 4, body[position] & 0x0F);
            position++;
        }

        // Several tracks in one message come from encoders that were asked for them, which this program does not do.
        if (trackType != OneTrack)
        {
            return new EnhancedHeader(type, 0, position, true, false);
        }

        if (position + 4 > body.Length)
        {
            return Malformed;
        }

        var fourCc = BinaryPrimitives.ReadUInt32BigEndian(body[position..]);
        position += 4;
        if (!isMultitrack)
        {
            return new EnhancedHeader(type, fourCc, position, false, false);
        }

        return position < body.Length
            ? new EnhancedHeader(type, fourCc, position + 1, body[position] != 0, false)
            : Malformed;
    }

    private static bool TrySkipModifier(ReadOnlySpan<byte> body, ref int position, out int nextType)
    {
        nextType = 0;
        if (position >= body.Length)
        {
            return false;
        }

        var size = body[position] + 1;
        position++;
        if (size == 256)
        {
            if (position + 2 > body.Length)
            {
                return false;
            }

            size = BinaryPrimitives.ReadUInt16BigEndian(body[position..]) + 1;
            position += 2;
        }

        position += size;
        if (position >= body.Length)
        {
            return false;
        }

        nextType = body[position] & 0x0F;
        position++;
        return true;
    }
}
