using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Flv;

/// <summary>VIDEODATA (Adobe FLV 10.1 annex E.4.3.1) and ExVideoTagHeader (Enhanced RTMP v2, "Enhanced Video").</summary>
internal static class FlvVideoParser
{
    private const int Keyframe = 1;
    private const int GeneratedKeyframe = 4;
    private const int Command = 5;

    public static FlvBody Parse(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return default;
        }

        var frameType = (body[0] >> 4) & 7;
        var isKeyframe = frameType is Keyframe or GeneratedKeyframe;
        if ((body[0] & 0x80) != 0)
        {
            return Enhanced(body, frameType == Command, isKeyframe);
        }

        return frameType == Command ? default : (body[0] & 0x0F) switch
        {
            7 => Packet(body, MediaCodec.Avc, isKeyframe),
            // Not in any standard, but many encoders and servers agreed on these numbers before there was one.
            12 => Packet(body, MediaCodec.Hevc, isKeyframe),
            13 => Packet(body, MediaCodec.Av1, isKeyframe),
            2 or 3 or 4 or 5 or 6 => FlvBody.Refused(MediaRefusal.OldFlashVideo),
            _ => FlvBody.Refused(MediaRefusal.UnknownVideo),
        };
    }

    private static FlvBody Packet(ReadOnlySpan<byte> body, MediaCodec codec, bool isKeyframe)
    {
        if (body.Length < 5)
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        return body[1] switch
        {
            0 => new FlvBody(FlvBodyKind.Configuration, codec, isKeyframe, 0, 5, body.Length - 5),
            1 => new FlvBody(FlvBodyKind.Frame, codec, isKeyframe, Si24(body[2..]), 5, body.Length - 5),
            2 => new FlvBody(FlvBodyKind.End, codec, isKeyframe, 0, 5, body.Length - 5),
            _ => FlvBody.Refused(MediaRefusal.Malformed),
        };
    }

    private static FlvBody Enhanced(ReadOnlySpan<byte> body, bool isCommand, bool isKeyframe)
    {
        var header = EnhancedHeader.Parse(body, multitrack: 6);
        if (header.IsMalformed)
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        const int Metadata = 4;
        if (header.IsIgnored || (isCommand && header.PacketType != Metadata))
        {
            return default;
        }

        if (header.FourCc == 0)
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        if (CodecOf(header.FourCc) is not { } codec)
        {
            return FlvBody.Refused(RefusalOf(header.FourCc));
        }

        var start = header.Position;
        var hasOffset = header.PacketType == 1 && codec is (MediaCodec.Avc or MediaCodec.Hevc);
        if (hasOffset && body.Length < start + 3)
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        var offset = hasOffset ? Si24(body[start..]) : 0;
        start += hasOffset ? 3 : 0;
        var length = body.Length - start;
        return header.PacketType switch
        {
            0 => new FlvBody(FlvBodyKind.Configuration, codec, isKeyframe, 0, start, length),
            1 or 3 => new FlvBody(FlvBodyKind.Frame, codec, isKeyframe, offset, start, length),
            2 => new FlvBody(FlvBodyKind.End, codec, isKeyframe, 0, start, length),
            Metadata => new FlvBody(FlvBodyKind.Metadata, codec, isKeyframe, 0, start, length),
            _ => default,
        };
    }

    private static MediaCodec? CodecOf(uint fourCc) => fourCc switch
    {
        FlvFourCc.Avc1 => MediaCodec.Avc,
        FlvFourCc.Hvc1 => MediaCodec.Hevc,
        FlvFourCc.Av01 => MediaCodec.Av1,
        _ => null,
    };

    private static MediaRefusal RefusalOf(uint fourCc) => fourCc switch
    {
        FlvFourCc.Vp08 => MediaRefusal.Vp8,
        FlvFourCc.Vp09 => MediaRefusal.Vp9,
        FlvFourCc.Vvc1 => MediaRefusal.Vvc,
        _ => MediaRefusal.UnknownVideo,
    };

    private static int Si24(ReadOnlySpan<byte> bytes) => ((sbyte)bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
