using System.Buffers.Binary;

namespace Kinopress.Media.Probing;

/// <summary>
/// What a picture file says of itself. Nothing is decoded, so that what would take all memory is refused before a program
/// opens it. A file may lie: decoders get limits of their own.
/// </summary>
/// <param name="Width">In pixels, greater than zero; of the whole canvas where pictures lie on one.</param>
/// <param name="Height">In pixels, greater than zero.</param>
/// <param name="Frames">How many pictures follow each other; 1 for a still one.</param>
public sealed record PictureFile(PictureFormat Format, int Width, int Height, int Frames)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Never throws on any input.</summary>
    /// <returns>Null for what is no picture of a known kind, or ends before it says how large it is.</returns>
    public static PictureFile? Read(ReadOnlySpan<byte> file) => Look(file) is { Width: > 0, Height: > 0, Frames: > 0 } picture ? picture : null;

    private static PictureFile? Look(ReadOnlySpan<byte> file) => file switch
    {
        _ when file.StartsWith(PngSignature) => Png(file),
        _ when file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) => Gif(file),
        _ when file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => Jpeg(file),
        _ when file.StartsWith("RIFF"u8) && Has(file, 8, "WEBP"u8) => WebPFile.Read(file),
        _ when Has(file, 4, "ftyp"u8) => Avif(file),
        _ => null,
    };

    // PNG §11.2.1 and §11.3.7: IHDR comes first, acTL before the first IDAT.
    private static PictureFile? Png(ReadOnlySpan<byte> file)
    {
        if (!Has(file, 12, "IHDR"u8) || file.Length < 24)
        {
            return null;
        }

        var (width, height) = (Int32(file[16..]), Int32(file[20..]));
        for (var at = PngSignature.Length; at + 12 <= file.Length && !Has(file, at + 4, "IDAT"u8);)
        {
            var length = Int32(file[at..]);
            if (length < 0 || length > file.Length - at - 12)
            {
                break;
            }

            if (Has(file, at + 4, "acTL"u8) && length >= 4)
            {
                return new PictureFile(PictureFormat.Apng, width, height, Int32(file[(at + 8)..]));
            }

            at += length + 12;
        }

        return new PictureFile(PictureFormat.Png, width, height, Frames: 1);
    }

    // GIF89a §18 to §26: a screen, perhaps a table of colours, then blocks.
    private static PictureFile? Gif(ReadOnlySpan<byte> file)
    {
        if (file.Length < 13)
        {
            return null;
        }

        var frames = 0;
        var at = 13 + TableSize(file[10]);
        while (at < file.Length && file[at] is 0x2C or 0x21)
        {
            var isPicture = file[at] == 0x2C;
            if (at + 10 >= file.Length)
            {
                break;
            }

            frames += isPicture ? 1 : 0;
            at += isPicture ? 10 + TableSize(file[at + 9]) + 1 : 2;
            while (at < file.Length && file[at] != 0)
            {
                at += file[at] + 1;
            }

            at++;
        }

        return new PictureFile(PictureFormat.Gif, BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), frames);
    }

    private static int TableSize(byte packed) => (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);

    // ITU-T T.81 §B.2: the size is in the start of frame, one of SOF0 to SOF15 without DHT, JPG and DAC.
    private static PictureFile? Jpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new PictureFile(PictureFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), Frames: 1);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }

    // ISO/IEC 23008-12 §6.5.3: ispe has the size of an item; the largest is that of the whole picture.
    private static PictureFile? Avif(ReadOnlySpan<byte> file)
    {
        var brands = file[8..Math.Min(file.Length, Math.Max(16, Math.Min(Int32(file), 256)))];
        if (brands.IndexOf("avif"u8) < 0 && brands.IndexOf("avis"u8) < 0)
        {
            return null;
        }

        var (width, height) = (0, 0);
        for (var at = file.IndexOf("ispe"u8); at >= 0 && at + 16 <= file.Length;)
        {
            width = Math.Max(width, Int32(file[(at + 8)..]));
            height = Math.Max(height, Int32(file[(at + 12)..]));
            var next = file[(at + 4)..].IndexOf("ispe"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return new PictureFile(PictureFormat.Avif, width, height, Frames: 1);
    }

    private static bool Has(ReadOnlySpan<byte> file, int at, ReadOnlySpan<byte> word) => file.Length >= at + word.Length && file[at..].StartsWith(word);

    // A length beyond two thousand million is none; negative, it is refused.
    private static int Int32(ReadOnlySpan<byte> bytes) => bytes.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes);
}
