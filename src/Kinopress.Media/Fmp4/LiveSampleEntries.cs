using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Fmp4;

/// <summary>Writes entries of <c>stsd</c> around decoder configurations (ISO/IEC 14496-15, 14496-14 §5.6; AV1 and Opus in ISO media).</summary>
internal static class LiveSampleEntries
{
    private const uint DotsPerInch72 = 0x00480000;

    public static void Write(ref BoxWriter writer, VideoConfiguration video)
    {
        var (entryType, recordType) = video.Codec switch
        {
            MediaCodec.Hevc => (BoxType.Hvc1, BoxType.HvcC),
            MediaCodec.Av1 => (BoxType.Av01, BoxType.Av1C),
            _ => (BoxType.Avc1, BoxType.AvcC),
        };
        var entry = writer.Begin(entryType);
        writer.Zeros(6);
        writer.UInt16(1);
        writer.Zeros(16);
        writer.UInt16(video.Width);
        writer.UInt16(video.Height);
        writer.UInt32(DotsPerInch72);
        writer.UInt32(DotsPerInch72);
        writer.UInt32(0);
        writer.UInt16(1);
        writer.Zeros(32);
        writer.UInt16(0x0018);
        writer.UInt16(-1);
        var record = writer.Begin(recordType);
        writer.Bytes(video.Record.Span);
        writer.End(record);
        writer.End(entry);
    }

    public static void Write(ref BoxWriter writer, AudioConfiguration audio)
    {
        var entry = writer.Begin(audio.Codec == MediaCodec.Opus ? BoxType.Opus : BoxType.Mp4a);
        writer.Zeros(6);
        writer.UInt16(1);
        writer.Zeros(8);
        writer.UInt16(audio.Channels);
        writer.UInt16(16);
        writer.Zeros(4);
        writer.UInt32((uint)Math.Min(audio.SampleRate, ushort.MaxValue) << 16);
        if (audio.Codec == MediaCodec.Opus)
        {
            var box = writer.Begin(BoxType.DOps);
            writer.Bytes(OpusHead.ToSpecificBox(audio.Record.Span));
            writer.End(box);
        }
        else
        {
            Descriptors(ref writer, audio.Record.Span);
        }

        writer.End(entry);
    }

    /// <summary>ISO/IEC 14496-1 §7.2.6.</summary>
    private static void Descriptors(ref BoxWriter writer, ReadOnlySpan<byte> specific)
    {
        const byte Mpeg4Audio = 0x40;
        const byte AudioStream = 0x15;
        var box = writer.Begin(BoxType.Esds, 0, 0);
        var (decoder, all) = (13 + 5 + specific.Length, 3 + 5 + 13 + 5 + specific.Length + 5 + 1);
        Descriptor(ref writer, 0x03, all);
        writer.UInt16(0);
        writer.UInt8(0);
        Descriptor(ref writer, 0x04, decoder);
        writer.UInt8(Mpeg4Audio);
        writer.UInt8(AudioStream);
        writer.Zeros(3 + 4 + 4);
        Descriptor(ref writer, 0x05, specific.Length);
        writer.Bytes(specific);
        Descriptor(ref writer, 0x06, 1);
        writer.UInt8(0x02);
        writer.End(box);
    }

    // Always four bytes of length: every reader knows them.
    private static void Descriptor(ref BoxWriter writer, byte tag, int length)
    {
        writer.UInt8(tag);
        writer.UInt8((byte)(0x80 | ((length >> 21) & 0x7F)));
        writer.UInt8((byte)(0x80 | ((length >> 14) & 0x7F)));
        writer.UInt8((byte)(0x80 | ((length >> 7) & 0x7F)));
        writer.UInt8((byte)(length & 0x7F));
    }
}
