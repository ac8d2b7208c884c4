using System.Buffers;
using System.Runtime.InteropServices;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Live;

namespace Kinopress.Media.Flv;

/// <summary>What a message meant.</summary>
public enum FlvEvent
{
    /// <summary>Nothing to do: a repetition, silence, a marker.</summary>
    None,

    /// <summary><see cref="FlvUnpacker.Tracks"/> changed.</summary>
    TracksChanged,

    /// <summary>There is an access unit.</summary>
    Unit,

    /// <summary>The publisher ended a track.</summary>
    End,

    /// <summary>The message cannot be used; later ones may.</summary>
    Refused,
}

/// <summary>The outcome of one message.</summary>
/// <param name="Unit">Only of <see cref="FlvEvent.Unit"/>: in the publisher's time, valid until the next message.</param>
/// <param name="Refusal">Only of <see cref="FlvEvent.Refused"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FlvUnpacked(FlvEvent Event, AccessUnit Unit = default, MediaRefusal? Refusal = null);

/// <summary>
/// Turns a publisher's messages into access units as MP4 stores them: knows its configurations, mends NAL units with other
/// lengths or start codes, and believes pictures rather than flags about keyframes. One a connection; not thread-safe.
/// </summary>
public sealed class FlvUnpacker
{
    private readonly ArrayBufferWriter<byte> mended = new();

    /// <summary>Without tracks until configurations came.</summary>
    public LiveTracks Tracks { get; private set; } = new(null, null);

    /// <param name="timestamp">Of the message, in milliseconds, without wrapping.</param>
    /// <param name="body">Of an RTMP message or an FLV tag.</param>
    public FlvUnpacked Read(FlvTagType type, long timestamp, ReadOnlyMemory<byte> body)
    {
        var parsed = type switch
        {
            FlvTagType.Video => FlvBody.ParseVideo(body.Span),
            FlvTagType.Audio => FlvBody.ParseAudio(body.Span),
            _ => default,
        };
        return parsed.Kind switch
        {
            FlvBodyKind.Configuration => Configure(type, parsed.Codec, parsed.Payload(body.Span)),
            FlvBodyKind.Frame when parsed.Length == 0 => default,
            FlvBodyKind.Frame when type == FlvTagType.Video => Picture(timestamp, parsed, parsed.Payload(body)),
            FlvBodyKind.Frame => Sound(timestamp, parsed.Codec, parsed.Payload(body)),
            FlvBodyKind.End => new FlvUnpacked(FlvEvent.End),
            FlvBodyKind.Refused => Refused(parsed.Refusal ?? MediaRefusal.Malformed),
            _ => default,
        };
    }

    private FlvUnpacked Configure(FlvTagType type, MediaCodec codec, ReadOnlySpan<byte> record)
    {
        MediaRefusal? refusal;
        var tracks = Tracks;
        if (type == FlvTagType.Video)
        {
            var video = VideoConfiguration.Parse(codec, record, out refusal);
            tracks = tracks with { Video = video ?? tracks.Video };
        }
        else
        {
            var audio = AudioConfiguration.Parse(codec, record, out refusal);
            tracks = tracks with { Audio = audio ?? tracks.Audio };
        }

        if (refusal is { } reason)
        {
            return Refused(reason);
        }

        // A record may come again with another length of lengths: the same to a decoder, not to what reads frames.
        var isSame = tracks.Matches(Tracks);
        Tracks = tracks;
        return isSame ? default : new FlvUnpacked(FlvEvent.TracksChanged);
    }

    private FlvUnpacked Sound(long timestamp, MediaCodec codec, ReadOnlyMemory<byte> payload) => Tracks.Audio?.Codec == codec
        ? new FlvUnpacked(FlvEvent.Unit, new AccessUnit(LiveTrack.Audio, timestamp, 0, true, payload))
        : Refused(MediaRefusal.NoConfiguration);

    private FlvUnpacked Picture(long timestamp, FlvBody body, ReadOnlyMemory<byte> payload)
    {
        if (Tracks.Video is not { } video || video.Codec != body.Codec)
        {
            return Refused(MediaRefusal.NoConfiguration);
        }

        var isKeyframe = body.IsKeyframe;
        if (body.Codec is MediaCodec.Avc or MediaCodec.Hevc)
        {
            var units = NalUnits.WithLengths(payload.Span, video.NalLengthSize);
            var picture = NalFormat.Inspect(units, body.Codec);
            var hasStartCodes = NalUnits.StartsWithStartCode(payload.Span, isCertain: picture.IsWellFormed);
            if (hasStartCodes)
            {
                units = NalUnits.WithStartCodes(payload.Span);
                picture = NalFormat.Inspect(units, body.Codec);
            }

            if (!picture.IsWellFormed)
            {
                return Refused(MediaRefusal.Malformed);
            }

            isKeyframe = picture.IsKeyframe;
            payload = !hasStartCodes && video.NalLengthSize == 4 ? payload : Mend(units, picture.Size);
        }

        return new FlvUnpacked(FlvEvent.Unit, new AccessUnit(LiveTrack.Video, timestamp, body.CompositionOffset, isKeyframe, payload));
    }

    private ReadOnlyMemory<byte> Mend(NalUnits units, int size)
    {
        mended.ResetWrittenCount();
        _ = mended.GetSpan(size);
        NalFormat.Rewrite(units, mended);
        return mended.WrittenMemory;
    }

    private static FlvUnpacked Refused(MediaRefusal refusal) => new(FlvEvent.Refused, Refusal: refusal);
}
