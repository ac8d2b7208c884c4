using System.Buffers;
using System.Buffers.Binary;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Flv;

namespace Kinopress.Media.RealTests;

/// <summary>
/// A fragmented MP4 with one frame a fragment, turned into FLV by our own writer: ffmpeg of this age writes neither H.265 nor
/// AV1 nor Opus into FLV.
/// </summary>
internal static class FrameFile
{
    public static readonly string[] OneFrameFragments = ["-movflags", "frag_every_frame+delay_moov+default_base_moof", "-f", "mp4"];

    /// <param name="millisecondsPerFrame">All frames last as long.</param>
    public static async Task ToFlvAsync(string mp4, string flv, MediaCodec codec, string recordBox, double millisecondsPerFrame)
    {
        var bytes = await File.ReadAllBytesAsync(mp4);
        var (output, body) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var isVideo = codec is MediaCodec.Avc or MediaCodec.Hevc or MediaCodec.Av1;
        var type = isVideo ? FlvTagType.Video : FlvTagType.Audio;
        FlvWriter.FileHeader(output, isVideo, !isVideo);
        WriteConfiguration(body, codec, Record(bytes, recordBox));
        FlvWriter.Tag(output, type, 0, body.WrittenSpan);
        var number = 0;
        foreach (var frame in Frames(bytes))
        {
            body.ResetWrittenCount();
            if (isVideo)
            {
                FlvWriter.VideoFrame(body, codec, number % 60 == 0, 0, bytes.AsSpan(frame));
            }
            else
            {
                FlvWriter.AudioFrame(body, codec, bytes.AsSpan(frame));
            }

            FlvWriter.Tag(output, type, (long)Math.Round(number++ * millisecondsPerFrame), body.WrittenSpan);
        }

        await File.WriteAllBytesAsync(flv, output.WrittenMemory.ToArray());
    }

    private static void WriteConfiguration(ArrayBufferWriter<byte> body, MediaCodec codec, byte[] record)
    {
        if (codec == MediaCodec.Opus)
        {
            // dOps is OpusHead without its magic, in the other byte order.
            byte[] head = [.. "OpusHead"u8, 1, record[1], record[3], record[2], record[7], record[6], record[5], record[4], record[9], record[8], record[10]];
            FlvWriter.AudioConfiguration(body, AudioConfiguration.Parse(codec, head, out _) ?? throw new InvalidOperationException("Not OpusHead"));
            return;
        }

        FlvWriter.VideoConfiguration(body, VideoConfiguration.Parse(codec, record, out var refusal) ?? throw new InvalidOperationException($"{refusal}"));
    }

    private static byte[] Record(ReadOnlySpan<byte> file, string box)
    {
        var at = file.IndexOf(System.Text.Encoding.ASCII.GetBytes(box));
        var size = BinaryPrimitives.ReadInt32BigEndian(file[(at - 4)..]);
        return file.Slice(at + 4, size - 8).ToArray();
    }

    private static IEnumerable<Range> Frames(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("mdat"u8))
            {
                yield return (at + 8)..(at + size);
            }

            at += size;
        }
    }
}
