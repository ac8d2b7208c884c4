using System.Buffers;
using System.Buffers.Binary;
using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Flv;

/// <summary>
/// Writes FLV: bodies of tags and RTMP messages, and files to feed ffmpeg with. H.264 and AAC are written as every server
/// knows them, everything else after Enhanced RTMP v2.
/// </summary>
public static class FlvWriter
{
    private const byte Keyframe = 0x10;
    private const byte OtherFrame = 0x20;
    private const byte Enhanced = 0x80;
    private const byte AacSound = 0xAF;
    private const byte EnhancedSound = 0x90;
    private const int MaxBody = 0xFFFFFF;

    /// <summary>A body that holds a decoder configuration.</summary>
    public static void VideoConfiguration(IBufferWriter<byte> output, VideoConfiguration video)
    {
        VideoHeader(output, video.Codec, true, 0, legacyType: 0, enhancedType: 0);
        output.Write(video.Record.Span);
    }

    /// <summary>A body that holds a picture.</summary>
    /// <param name="compositionOffset">In milliseconds, within 24 signed bits.</param>
    /// <param name="payload">As MP4 stores it.</param>
    public static void VideoFrame(
        IBufferWriter<byte> output, MediaCodec codec, bool isKeyframe, int compositionOffset, ReadOnlySpan<byte> payload)
    {
        VideoHeader(output, codec, isKeyframe, compositionOffset, legacyType: 1, enhancedType: 1);
        output.Write(payload);
    }

    /// <summary>A body that ends the picture.</summary>
    public static void VideoEnd(IBufferWriter<byte> output, MediaCodec codec) =>
        VideoHeader(output, codec, true, 0, legacyType: 2, enhancedType: 2);

    /// <summary>A body that holds a decoder configuration.</summary>
    public static void AudioConfiguration(IBufferWriter<byte> output, AudioConfiguration audio)
    {
        AudioHeader(output, audio.Codec, isFrame: false);
        output.Write(audio.Record.Span);
    }

    /// <summary>A body that holds a frame of sound.</summary>
    public static void AudioFrame(IBufferWriter<byte> output, MediaCodec codec, ReadOnlySpan<byte> payload)
    {
        AudioHeader(output, codec, isFrame: true);
        output.Write(payload);
    }

    /// <summary>What a file starts with (Adobe FLV 10.1 annex E.2).</summary>
    public static void FileHeader(IBufferWriter<byte> output, bool hasVideo, bool hasAudio)
    {
        var span = output.GetSpan(13);
        "FLV\u0001"u8.CopyTo(span);
        span[4] = (byte)((hasAudio ? 4 : 0) | (hasVideo ? 1 : 0));
        BinaryPrimitives.WriteInt32BigEndian(span[5..], 9);
        BinaryPrimitives.WriteInt32BigEndian(span[9..], 0);
        output.Advance(13);
    }

    /// <summary>A tag around a body (Adobe FLV 10.1 annex E.4.1).</summary>
    /// <param name="timestamp">In milliseconds; written modulo 2³².</param>
    public static void Tag(IBufferWriter<byte> output, FlvTagType type, long timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MaxBody, nameof(body));
        var span = output.GetSpan(11);
        BinaryPrimitives.WriteUInt32BigEndian(span, ((uint)type << 24) | (uint)body.Length);
        var time = (uint)timestamp;
        BinaryPrimitives.WriteUInt32BigEndian(span[4..], (time << 8) | (time >> 24));
        span.Slice(8, 3).Clear();
        output.Advance(11);
        output.Write(body);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), 11 + body.Length);
        output.Advance(4);
    }

    private static void VideoHeader(
        IBufferWriter<byte> output, MediaCodec codec, bool isKeyframe, int offset, byte legacyType, byte enhancedType)
    {
        var span = output.GetSpan(8);
        var frame = isKeyframe ? Keyframe : OtherFrame;
        if (codec == MediaCodec.Avc)
        {
            span[0] = (byte)(frame | 7);
            BinaryPrimitives.WriteUInt32BigEndian(span[1..], ((uint)legacyType << 24) | ((uint)offset & 0xFFFFFF));
            output.Advance(5);
            return;
        }

        span[0] = (byte)(Enhanced | frame | enhancedType);
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], codec switch
        {
            MediaCodec.Hevc => FlvFourCc.Hvc1,
            MediaCodec.Av1 => FlvFourCc.Av01,
            _ => throw new ArgumentOutOfRangeException(nameof(codec)),
        });
        var hasOffset = codec == MediaCodec.Hevc && enhancedType == 1;
        if (hasOffset)
        {
            (span[5], span[6], span[7]) = ((byte)(offset >> 16), (byte)(offset >> 8), (byte)offset);
        }

        output.Advance(hasOffset ? 8 : 5);
    }

    private static void AudioHeader(IBufferWriter<byte> output, MediaCodec codec, bool isFrame)
    {
        var span = output.GetSpan(5);
        if (codec == MediaCodec.Aac)
        {
            (span[0], span[1]) = (AacSound, (byte)(isFrame ? 1 : 0));
            output.Advance(2);
            return;
        }

        span[0] = (byte)(EnhancedSound | (isFrame ? 1 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(
            span[1..], codec == MediaCodec.Opus ? FlvFourCc.Opus : throw new ArgumentOutOfRangeException(nameof(codec)));
        output.Advance(5);
    }
}
