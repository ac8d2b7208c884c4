using System.Buffers.Binary;

namespace Kinopress.Media.Tests.Fmp4;

/// <summary>A small H.264 file in fragments, written by hand after ISO/IEC 14496-12.</summary>
internal static class SampleFile
{
    public static byte[] Bytes(params ReadOnlySpan<(long DecodeTime, int Duration)> fragments)
    {
        List<byte> file = [.. Box("ftyp", "iso5"u8.ToArray(), Number(0)), .. Movie()];
        foreach (var (decodeTime, duration) in fragments)
        {
            file.AddRange(Fragment(decodeTime, duration));
        }

        return [.. file];
    }

    private static byte[] Movie()
    {
        var avcC = Box("avcC", [1, 0x64, 0x00, 0x28, 0xFF, 0xE1]);
        var avc1 = Box("avc1", new byte[24], [1, 64, 0, 240], new byte[50], avcC);
        var stsd = Box("stsd", Number(0), Number(1), avc1);
        var mdhd = Box("mdhd", Number(0), Number(0), Number(0), Number(90000), Number(0), Number(0));
        var media = Box("mdia", mdhd, Box("minf", Box("stbl", stsd)));
        var trex = Box("trex", Number(0), Number(1), Number(1), Number(0), Number(0), Number(0x01010000));
        return Box("moov", Box("trak", media), Box("mvex", trex));
    }

    private static byte[] Fragment(long decodeTime, int duration)
    {
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, decodeTime);
        var tfhd = Box("tfhd", Number(0x020000), Number(1));
        var tfdt = Box("tfdt", Number(0x01000000), time);
        var trun = Box("trun", Number(0x305), Number(2), Number(0), Number(0x02000000), Number(duration / 2), Number(4), Number(duration - (duration / 2)), Number(4));
        var moof = Box("moof", Box("traf", tfhd, tfdt, trun));
        return [.. moof, .. Box("mdat", new byte[8])];
    }

    private static byte[] Box(string type, params ReadOnlySpan<byte[]> parts)
    {
        List<byte> body = [.. System.Text.Encoding.ASCII.GetBytes(type)];
        foreach (var part in parts)
        {
            body.AddRange(part);
        }

        return [.. Number(body.Count + 4), .. body];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
