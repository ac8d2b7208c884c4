using Kinopress.Media.Bitstreams;

namespace Kinopress.Media.Fmp4;

/// <summary>Writes an initialisation segment for up to two tracks (ISO/IEC 23000-19 §7.3.1; ISO/IEC 14496-12 §8).</summary>
internal static class LiveHeader
{
    public const uint VideoTrack = 1;
    public const uint AudioTrack = 2;
    public const uint VideoTimescale = 90000;

    private const int RoomForBoxes = 2048;

    // 1.0 as 16.16, and as 2.30 in the last row of a matrix.
    private const uint One = 0x00010000;
    private const uint LastOne = 0x40000000;
    private const uint SyncSample = 0x02000000;
    private const uint OtherSample = 0x01010000;

    public static byte[] Write(VideoConfiguration? video, AudioConfiguration? audio)
    {
        var bytes = new byte[RoomForBoxes + (video?.Record.Length ?? 0) + (audio?.Record.Length ?? 0)];
        var writer = new BoxWriter(bytes);
        var ftyp = writer.Begin(BoxType.Ftyp);
        writer.Bytes("mp42\0\0\0\u0001mp41mp42isomiso6hlsfcmfc"u8);
        writer.End(ftyp);
        var moov = writer.Begin(BoxType.Moov);
        MovieHeader(ref writer);
        if (video is not null)
        {
            Track(ref writer, VideoTrack, VideoTimescale, video, null);
        }

        if (audio is not null)
        {
            Track(ref writer, AudioTrack, (uint)audio.SampleRate, null, audio);
        }

        var mvex = writer.Begin(BoxType.Mvex);
        Defaults(ref writer, video is null ? 0 : VideoTrack, OtherSample);
        Defaults(ref writer, audio is null ? 0 : AudioTrack, SyncSample);
        writer.End(mvex);
        writer.End(moov);
        return bytes[..writer.Position];
    }

    private static void MovieHeader(ref BoxWriter writer)
    {
        var mvhd = writer.Begin(BoxType.Mvhd, 0, 0);
        writer.Zeros(8);
        writer.UInt32(1000);
        writer.UInt32(0);
        writer.UInt32(One);
        writer.UInt16(0x0100);
        writer.Zeros(10);
        Matrix(ref writer);
        writer.Zeros(24);
        writer.UInt32(AudioTrack + 1);
        writer.End(mvhd);
    }

    private static void Matrix(ref BoxWriter writer)
    {
        writer.UInt32(One);
        writer.Zeros(12);
        writer.UInt32(One);
        writer.Zeros(12);
        writer.UInt32(LastOne);
    }

    private static void Track(ref BoxWriter writer, uint id, uint timescale, VideoConfiguration? video, AudioConfiguration? audio)
    {
        var trak = writer.Begin(BoxType.Trak);
        var tkhd = writer.Begin(BoxType.Tkhd, 0, 3);
        writer.Zeros(8);
        writer.UInt32(id);
        writer.Zeros(4 + 4 + 8 + 4);
        writer.UInt16(video is null ? 0x0100 : 0);
        writer.Zeros(2);
        Matrix(ref writer);
        writer.UInt32((uint)(video?.Width ?? 0) << 16);
        writer.UInt32((uint)(video?.Height ?? 0) << 16);
        writer.End(tkhd);
        var mdia = writer.Begin(BoxType.Mdia);
        MediaHeaders(ref writer, timescale, video is not null);
        var minf = writer.Begin(BoxType.Minf);
        var header = video is null ? writer.Begin(BoxType.Smhd, 0, 0) : writer.Begin(BoxType.Vmhd, 0, 1);
        writer.Zeros(video is null ? 4 : 8);
        writer.End(header);
        DataReference(ref writer);
        var stbl = writer.Begin(BoxType.Stbl);
        var stsd = writer.Begin(BoxType.Stsd, 0, 0);
        writer.UInt32(1);
        if (video is not null)
        {
            LiveSampleEntries.Write(ref writer, video);
        }

        if (audio is not null)
        {
            LiveSampleEntries.Write(ref writer, audio);
        }

        writer.End(stsd);
        writer.EmptyTable(BoxType.Stts, 4);
        writer.EmptyTable(BoxType.Stsc, 4);
        writer.EmptyTable(BoxType.Stsz, 8);
        writer.EmptyTable(BoxType.Stco, 4);
        writer.End(stbl);
        writer.End(minf);
        writer.End(mdia);
        writer.End(trak);
    }

    private static void MediaHeaders(ref BoxWriter writer, uint timescale, bool isVideo)
    {
        const int Undetermined = 0x55C4;
        var mdhd = writer.Begin(BoxType.Mdhd, 0, 0);
        writer.Zeros(8);
        writer.UInt32(timescale);
        writer.UInt32(0);
        writer.UInt16(Undetermined);
        writer.UInt16(0);
        writer.End(mdhd);
        var hdlr = writer.Begin(BoxType.Hdlr, 0, 0);
        writer.UInt32(0);
        writer.UInt32(isVideo ? BoxType.Vide : BoxType.Soun);
        writer.Zeros(12);
        writer.Bytes(isVideo ? "VideoHandler\0"u8 : "SoundHandler\0"u8);
        writer.End(hdlr);
    }

    private static void DataReference(ref BoxWriter writer)
    {
        var dinf = writer.Begin(BoxType.Dinf);
        var dref = writer.Begin(BoxType.Dref, 0, 0);
        writer.UInt32(1);
        var url = writer.Begin(BoxType.Url, 0, 1);
        writer.End(url);
        writer.End(dref);
        writer.End(dinf);
    }

    private static void Defaults(ref BoxWriter writer, uint track, uint flags)
    {
        if (track == 0)
        {
            return;
        }

        var trex = writer.Begin(BoxType.Trex, 0, 0);
        writer.UInt32(track);
        writer.UInt32(1);
        writer.Zeros(8);
        writer.UInt32(flags);
        writer.End(trex);
    }
}
