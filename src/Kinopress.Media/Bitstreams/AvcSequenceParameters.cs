using System.Runtime.InteropServices;

namespace Kinopress.Media.Bitstreams;

/// <summary>What a sequence parameter set says of size and rate (ITU-T H.264 §7.3.2.1.1, annex E.1.1).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AvcSequenceParameters(int Width, int Height, Rational? FrameRate)
{
    private const int MaxSize = 1024;

    private static ReadOnlySpan<byte> ProfilesWithChroma => [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

    public static bool TryParse(ReadOnlySpan<byte> nalUnit, out AvcSequenceParameters parameters)
    {
        Span<byte> payload = stackalloc byte[Math.Min(nalUnit.Length, MaxSize)];
        var reader = new BitReader(EmulationPrevention.Remove(nalUnit, payload));
        parameters = default;
        reader.Skip(8);
        var profile = (byte)reader.Bits(8);
        reader.Skip(16);
        reader.Ue();
        var chroma = 1u;
        if (ProfilesWithChroma.Contains(profile))
        {
            chroma = ChromaFormat(ref reader);
        }

        reader.Ue();
        PictureOrder(ref reader);
        reader.Ue();
        reader.Skip(1);
        var widthInMacroblocks = reader.Ue() + 1L;
        var heightInUnits = reader.Ue() + 1L;
        var framesOnly = reader.Flag();
        reader.Skip(framesOnly ? 1 : 2);
        var (width, height) = Crop(ref reader, widthInMacroblocks * 16, heightInUnits * (framesOnly ? 16 : 32), chroma, framesOnly);
        if (reader.IsExhausted || width > int.MaxValue || height > int.MaxValue)
        {
            return false;
        }

        var rate = reader.Flag() ? FrameRateOf(ref reader) : null;
        parameters = new AvcSequenceParameters((int)Math.Max(0, width), (int)Math.Max(0, height), rate);
        return true;
    }

    private static uint ChromaFormat(ref BitReader reader)
    {
        var chroma = reader.Ue();
        reader.Skip(chroma == 3 ? 1 : 0);
        reader.Ue();
        reader.Ue();
        reader.Skip(1);
        if (reader.Flag())
        {
            for (var list = 0; list < (chroma == 3 ? 12 : 8); list++)
            {
                SkipScalingList(ref reader, reader.Flag() ? (list < 6 ? 16 : 64) : 0);
            }
        }

        return chroma;
    }

    private static void SkipScalingList(ref BitReader reader, int size)
    {
        var (last, next) = (8, 8);
        for (var i = 0; i < size && next != 0; i++)
        {
            next = (last + reader.Se() + 256) & 0xFF;
            last = next == 0 ? last : next;
        }
    }

    private static void PictureOrder(ref BitReader reader)
    {
        var type = reader.Ue();
        if (type == 0)
        {
            reader.Ue();
        }

        if (type != 1)
        {
            return;
        }

        reader.Skip(1);
        reader.Se();
        reader.Se();
        var frames = reader.Ue();
        for (var i = 0u; i < frames && !reader.IsExhausted; i++)
        {
            reader.Se();
        }
    }

    private static (long Width, long Height) Crop(ref BitReader reader, long width, long height, uint chroma, bool framesOnly)
    {
        if (!reader.Flag())
        {
            return (width, height);
        }

        var (left, right, top, bottom) = (reader.Ue(), reader.Ue(), reader.Ue(), reader.Ue());
        var unitX = chroma is 1 or 2 ? 2 : 1;
        var unitY = (chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
        return (width - (((long)left + right) * unitX), height - (((long)top + bottom) * unitY));
    }

    private static Rational? FrameRateOf(ref BitReader reader)
    {
        if (reader.Flag())
        {
            reader.Skip(reader.Bits(8) == 255 ? 32 : 0);
        }

        reader.Skip(reader.Flag() ? 1 : 0);
        if (reader.Flag())
        {
            reader.Skip(4);
            reader.Skip(reader.Flag() ? 24 : 0);
        }

        if (reader.Flag())
        {
            reader.Ue();
            reader.Ue();
        }

        if (!reader.Flag())
        {
            return null;
        }

        var (ticks, scale) = (reader.Bits(32), reader.Bits(32));
        return reader.IsExhausted || ticks == 0 || scale == 0 ? null : new Rational(scale, ticks * 2L);
    }
}
