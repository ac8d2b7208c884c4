namespace Kinopress.Media.Fmp4;

/// <summary>Writes <c>moof</c> and the head of <c>mdat</c> (ISO/IEC 14496-12 §8.8.4 to §8.8.12), one run a track.</summary>
internal static class LiveFragment
{
    private const int MoofSize = 8 + 16;
    private const int TrackSize = 8 + 16 + 20 + 20;
    private const int VideoSampleSize = 16;
    private const int AudioSampleSize = 8;
    private const int MdatHeader = 8;

    private const uint BaseIsMoof = 0x020000;
    private const uint HasOffset = 0x000001;
    private const uint HasDuration = 0x000100;
    private const uint HasSize = 0x000200;
    private const uint HasFlags = 0x000400;
    private const uint HasComposition = 0x000800;
    private const uint SyncSample = 0x02000000;
    private const uint OtherSample = 0x01010000;

    /// <summary>Bytes before the first sample's.</summary>
    public static int HeaderSize(int videoSamples, int audioSamples) =>
        MoofSize + MdatHeader
        + (videoSamples > 0 ? TrackSize + (videoSamples * VideoSampleSize) : 0)
        + (audioSamples > 0 ? TrackSize + (audioSamples * AudioSampleSize) : 0);

    /// <param name="target">At least <see cref="HeaderSize"/> bytes; samples follow there, pictures first.</param>
    public static void Write(
        Span<byte> target, uint sequence, ReadOnlySpan<LiveSample> video, int videoBytes, ReadOnlySpan<LiveSample> audio, int audioBytes)
    {
        var writer = new BoxWriter(target);
        var data = HeaderSize(video.Length, audio.Length);
        var moof = writer.Begin(BoxType.Moof);
        var mfhd = writer.Begin(BoxType.Mfhd, 0, 0);
        writer.UInt32(sequence);
        writer.End(mfhd);
        Run(ref writer, LiveHeader.VideoTrack, video, data, isVideo: true);
        Run(ref writer, LiveHeader.AudioTrack, audio, data + videoBytes, isVideo: false);
        writer.End(moof);
        writer.UInt32((uint)(MdatHeader + videoBytes + audioBytes));
        writer.UInt32(BoxType.Mdat);
    }

    private static void Run(ref BoxWriter writer, uint track, ReadOnlySpan<LiveSample> samples, int data, bool isVideo)
    {
        if (samples.IsEmpty)
        {
            return;
        }

        var traf = writer.Begin(BoxType.Traf);
        var tfhd = writer.Begin(BoxType.Tfhd, 0, BaseIsMoof);
        writer.UInt32(track);
        writer.End(tfhd);
        var tfdt = writer.Begin(BoxType.Tfdt, 1, 0);
        writer.Int64(samples[0].DecodeTime);
        writer.End(tfdt);
        var trun = writer.Begin(
            BoxType.Trun, 1, HasOffset | HasDuration | HasSize | (isVideo ? HasFlags | HasComposition : 0));
        writer.Int32(samples.Length);
        writer.Int32(data);
        foreach (ref readonly var sample in samples)
        {
            writer.UInt32((uint)sample.Duration);
            writer.Int32(sample.Size);
            if (isVideo)
            {
                writer.UInt32(sample.IsKeyframe ? SyncSample : OtherSample);
                writer.Int32(sample.CompositionOffset);
            }
        }

        writer.End(trun);
        writer.End(traf);
    }
}
