using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Flv;

/// <summary>AUDIODATA (Adobe FLV 10.1 annex E.4.2.1) and ExAudioTagHeader (Enhanced RTMP v2, "Enhanced Audio").</summary>
internal static class FlvAudioParser
{
    public static FlvBody Parse(ReadOnlySpan<byte> body) => body.IsEmpty ? default : (body[0] >> 4) switch
    {
        10 => Aac(body),
        9 => Enhanced(body),
        2 or 14 => FlvBody.Refused(MediaRefusal.Mp3),
        0 or 1 or 3 => FlvBody.Refused(MediaRefusal.Pcm),
        4 or 5 or 6 => FlvBody.Refused(MediaRefusal.Nellymoser),
        7 or 8 => FlvBody.Refused(MediaRefusal.G711),
        11 => FlvBody.Refused(MediaRefusal.Speex),
        _ => FlvBody.Refused(MediaRefusal.UnknownAudio),
    };

    private static FlvBody Aac(ReadOnlySpan<byte> body)
    {
        if (body.Length < 2 || body[1] > 1)
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        // A frame of no bytes is how some encoders say "silence".
        return body.Length == 2 ? default : Body(body[1] == 0 ? FlvBodyKind.Configuration : FlvBodyKind.Frame, MediaCodec.Aac, 2, body);
    }

    private static FlvBody Enhanced(ReadOnlySpan<byte> body)
    {
        var header = EnhancedHeader.Parse(body, multitrack: 5);
        if (header.IsMalformed || (!header.IsIgnored && header.FourCc == 0))
        {
            return FlvBody.Refused(MediaRefusal.Malformed);
        }

        if (header.IsIgnored)
        {
            return default;
        }

        MediaCodec? known = header.FourCc switch { FlvFourCc.Mp4a => MediaCodec.Aac, FlvFourCc.Opus => MediaCodec.Opus, _ => null };
        if (known is not { } codec)
        {
            return FlvBody.Refused(RefusalOf(header.FourCc));
        }

        return header.PacketType switch
        {
            0 => Body(FlvBodyKind.Configuration, codec, header.Position, body),
            1 when body.Length > header.Position => Body(FlvBodyKind.Frame, codec, header.Position, body),
            2 => Body(FlvBodyKind.End, codec, header.Position, body),
            _ => default,
        };
    }

    private static FlvBody Body(FlvBodyKind kind, MediaCodec codec, int start, ReadOnlySpan<byte> body) =>
        new(kind, codec, true, 0, start, body.Length - start);

    private static MediaRefusal RefusalOf(uint fourCc) => fourCc switch
    {
        FlvFourCc.Ac3 => MediaRefusal.Ac3,
        FlvFourCc.EnhancedAc3 => MediaRefusal.EnhancedAc3,
        FlvFourCc.Flac => MediaRefusal.Flac,
        FlvFourCc.Mp3 => MediaRefusal.Mp3,
        _ => MediaRefusal.UnknownAudio,
    };
}
