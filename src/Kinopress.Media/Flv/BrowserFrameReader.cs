using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Flv;

/// <summary>The body of an FLV tag made of what a page sent.</summary>
/// <param name="Timestamp">In milliseconds.</param>
/// <param name="Body">Valid until the next one is read.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BrowserFrame(FlvTagType Type, long Timestamp, ReadOnlyMemory<byte> Body);

/// <summary>
/// Turns what a page sends into bodies of FLV tags. A message is a byte that says what it is, its moment in microseconds as
/// eight bytes with the most significant first, and the payload; the payload of a decoder configuration starts with the
/// FourCC of its codec. One a connection; not thread-safe.
/// </summary>
public sealed class BrowserFrameReader
{
    private const int HeaderSize = 9;
    private const int FourCcSize = 4;
    private const ulong MaxMicroseconds = 400UL * 24 * 60 * 60 * 1_000_000; // longer than any live

    private readonly ArrayBufferWriter<byte> body = new();
    private MediaCodec? video;
    private MediaCodec? audio;

    private enum Kind : byte
    {
        VideoConfiguration = 0,
        Keyframe = 1,
        Picture = 2,
        AudioConfiguration = 3,
        Sound = 4,
    }

    /// <summary>Never throws, whatever the bytes are.</summary>
    /// <returns>Null for what is malformed, or comes before its configuration.</returns>
    public BrowserFrame? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length <= HeaderSize || BinaryPrimitives.ReadUInt64BigEndian(message[1..]) is var microseconds && microseconds > MaxMicroseconds)
        {
            return null;
        }

        body.ResetWrittenCount();
        var payload = message[HeaderSize..];
        FlvTagType? type = (Kind)message[0] switch
        {
            Kind.VideoConfiguration => VideoConfiguration(payload),
            Kind.Keyframe => Picture(payload, isKeyframe: true),
            Kind.Picture => Picture(payload, isKeyframe: false),
            Kind.AudioConfiguration => AudioConfiguration(payload),
            Kind.Sound => Sound(payload),
            _ => null,
        };
        return type is { } known ? new BrowserFrame(known, (long)(microseconds / 1000), body.WrittenMemory) : null;
    }

    private FlvTagType? VideoConfiguration(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= FourCcSize || CodecOf(payload) is not (MediaCodec.Avc or MediaCodec.Av1) || CodecOf(payload) is not { } codec
            || Bitstreams.VideoConfiguration.Parse(codec, payload[FourCcSize..], out _) is not { } configuration)
        {
            return null;
        }

        video = codec;
        FlvWriter.VideoConfiguration(body, configuration);
        return FlvTagType.Video;
    }

    private FlvTagType? AudioConfiguration(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= FourCcSize || CodecOf(payload) is not (MediaCodec.Aac or MediaCodec.Opus) || CodecOf(payload) is not { } codec
            || Bitstreams.AudioConfiguration.Parse(codec, payload[FourCcSize..], out _) is not { } configuration)
        {
            return null;
        }

        audio = codec;
        FlvWriter.AudioConfiguration(body, configuration);
        return FlvTagType.Audio;
    }

    private FlvTagType? Picture(ReadOnlySpan<byte> payload, bool isKeyframe)
    {
        if (video is not { } codec)
        {
            return null;
        }

        FlvWriter.VideoFrame(body, codec, isKeyframe, compositionOffset: 0, payload);
        return FlvTagType.Video;
    }

    private FlvTagType? Sound(ReadOnlySpan<byte> payload)
    {
        if (audio is not { } codec)
        {
            return null;
        }

        FlvWriter.AudioFrame(body, codec, payload);
        return FlvTagType.Audio;
    }

    private static MediaCodec? CodecOf(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadUInt32BigEndian(payload) switch
    {
        FlvFourCc.Avc1 => MediaCodec.Avc,
        FlvFourCc.Av01 => MediaCodec.Av1,
        FlvFourCc.Mp4a => MediaCodec.Aac,
        FlvFourCc.Opus => MediaCodec.Opus,
        _ => null,
    };
}
