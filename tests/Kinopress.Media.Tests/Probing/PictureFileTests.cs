using System.Buffers.Binary;
using CsCheck;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Tests.Probing;

public sealed class PictureFileTests
{
    // 64×64, as ffmpeg writes it.
    private static readonly byte[] Avif = Convert.FromBase64String(
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAD5bWV0YQAAAAAAAAAvaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAFBpY3R1cmVIYW5kbGVyAAAAAA5waXRtAAAAAAABAAAAHmlsb2MAAAAARAAAAQABAAAAAQAAASEAAAAgAAAAKGlpbmYAAAAAAAEAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAAAGppcHJwAAAAS2lwY28AAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAMYXYxQ4EgAAAAAAATY29scm5jbHgAAgACAACAAAAAF2lwbWEAAAAAAAAAAQABBAECgwQAAAAobWRhdAoJOBV//aQENACAMhMYAAAUAAACgV33tvgWF0swTxhT");

    [Fact]
    public void Png_says_its_size_first()
    {
        Assert.Equal(new PictureFile(PictureFormat.Png, 640, 480, Frames: 1), PictureFile.Read(Png(640, 480)));
        Assert.Equal(new PictureFile(PictureFormat.Apng, 64, 32, Frames: 12), PictureFile.Read(Png(64, 32, frames: 12)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10_000)]
    public void Pictures_of_a_gif_are_counted(int frames) => Assert.Equal(new PictureFile(PictureFormat.Gif, 2, 3, frames), PictureFile.Read(Gif(frames)));

    [Fact]
    public void Jpeg_says_its_size_after_other_segments() =>
        Assert.Equal(new PictureFile(PictureFormat.Jpeg, 300, 200, Frames: 1), PictureFile.Read((byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 11, 8, 0, 200, 1, 44, 1, 0, 0]));

    [Fact]
    public void WebP_says_its_size_in_three_ways()
    {
        Assert.Equal(new PictureFile(PictureFormat.WebP, 64, 48, Frames: 1), PictureFile.Read(WebP(("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 64, 0, 48, 0]))));
        Assert.Equal(new PictureFile(PictureFormat.WebP, 64, 48, Frames: 1), PictureFile.Read(WebP(("VP8L", [0x2F, 63, 0xC0, 11, 0, 0, 0]))));
        Assert.Equal(new PictureFile(PictureFormat.WebP, 64, 48, Frames: 2), PictureFile.Read(Moving));
    }

    [Fact]
    public void The_first_picture_of_moving_WebP_stands_alone()
    {
        var first = WebPFile.FirstFrame(Moving) ?? [];

        Assert.Equal(new PictureFile(PictureFormat.WebP, 64, 48, Frames: 1), PictureFile.Read(first));
        Assert.Equal(first.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(first.AsSpan(4)));
        Assert.Equal("VP8X", System.Text.Encoding.ASCII.GetString(first, 12, 4));
        Assert.True(first.AsSpan().IndexOf("ALPH"u8) > 0);
        Assert.Null(WebPFile.FirstFrame(WebP(("VP8L", [0x2F, 63, 0xC0, 11, 0, 0, 0]))));
    }

    [Fact]
    public void Avif_gives_its_picture_as_a_stream_of_one_frame()
    {
        Assert.Equal(new PictureFile(PictureFormat.Avif, 64, 64, Frames: 1), PictureFile.Read(Avif));
        var picture = AvifFile.Read(Avif);

        Assert.Equal(Avif[^32..], picture?.Colour[^32..]);
        Assert.Equal("DKIF", System.Text.Encoding.ASCII.GetString(picture?.Colour ?? [], 0, 4));
        Assert.Null(picture?.Alpha);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")]
    [InlineData("#EXTM3U\nfile:///etc/passwd")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isomiso2")]
    public void What_is_no_picture_is_none(string content) => Assert.Null(PictureFile.Read(System.Text.Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void A_size_of_nothing_or_beyond_numbers_is_none()
    {
        Assert.Null(PictureFile.Read(Png(0, 5)));
        Assert.Null(PictureFile.Read(Png(5, -1)));
    }

    [Fact]
    public void Whatever_the_bytes_nothing_throws() =>
        Gen.Select(Gen.Int[0, 3].Select(kind => ((byte[][])[Png(64, 32, frames: 12), Gif(4), Moving, Avif])[kind]), Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 20], Gen.Int[0, 400]).Sample((file, changes, length) =>
        {
            var damaged = file[..Math.Min(length, file.Length)];
            foreach (var (at, value) in changes.Where(change => change.Item1 < damaged.Length))
            {
                damaged[at] = value;
            }

            _ = PictureFile.Read(damaged);
            _ = WebPFile.FirstFrame(damaged);
            _ = AvifFile.Read(damaged);
        });

    private static byte[] Moving => WebP(
        ("VP8X", [0x12, 0, 0, 0, 63, 0, 0, 47, 0, 0]),
        ("ANIM", new byte[6]),
        ("ANMF", [.. (byte[])[0, 0, 0, 0, 0, 0, 63, 0, 0, 47, 0, 0, 100, 0, 0, 0], .. Chunk("ALPH", [0, 1]), .. Chunk("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 64, 0, 48, 0])]),
        ("ANMF", new byte[16]));

    private static byte[] Png(int width, int height, int? frames = null)
    {
        List<byte> file = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Number(width), .. Number(height), 8, 6, 0, 0, 0, 0, 0, 0, 0];
        return frames is { } count ? [.. file, 0, 0, 0, 8, .. "acTL"u8, .. Number(count), 0, 0, 0, 0, 0, 0, 0, 0] : [.. file];
    }

    private static byte[] Gif(int frames) =>
    [
        .. "GIF89a"u8, 2, 0, 3, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        .. Enumerable.Repeat((byte[])[0x21, 0xF9, 4, 0, 1, 0, 0, 0, 0x2C, 0, 0, 0, 0, 2, 0, 3, 0, 0, 2, 2, 0x4C, 0x01, 0], frames).SelectMany(frame => frame), 0x3B,
    ];

    private static byte[] WebP(params (string Type, byte[] Payload)[] chunks)
    {
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Payload))];
        return [.. "RIFF"u8, .. LittleNumber(body.Length), .. body];
    }

    private static byte[] Chunk(string type, byte[] payload) =>
        [.. System.Text.Encoding.ASCII.GetBytes(type), .. LittleNumber(payload.Length), .. payload, .. payload.Length % 2 == 0 ? (byte[])[] : [0]];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleNumber(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
