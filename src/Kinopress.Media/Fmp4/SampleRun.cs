using System.Runtime.InteropServices;

namespace Kinopress.Media.Fmp4;

/// <summary>A track fragment run (<c>trun</c>): samples one after another.</summary>
/// <param name="FirstFlags">Null when the run is empty.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SampleRun(long Duration, uint? FirstFlags)
{
    public static SampleRun Parse(ReadOnlySpan<byte> trun, uint defaultDuration, uint defaultFlags)
    {
        var reader = new ByteReader(trun);
        var present = reader.UInt32();
        var count = reader.UInt32();
        reader.Skip((present & 0x01) != 0 ? 4 : 0);
        uint? firstFlags = (present & 0x04) != 0 ? reader.UInt32() : null;
        var (hasDuration, hasSize, hasFlags, hasOffset) =
            ((present & 0x100) != 0, (present & 0x200) != 0, (present & 0x400) != 0, (present & 0x800) != 0);
        var bytesPerSample = 4 * ((hasDuration ? 1 : 0) + (hasSize ? 1 : 0) + (hasFlags ? 1 : 0) + (hasOffset ? 1 : 0));
        if ((long)count * bytesPerSample > reader.Remaining)
        {
            throw new InvalidFragmentedFileException("A run claims more samples than it lists");
        }

        if (count == 0)
        {
            return new SampleRun(0, null);
        }

        // Without fields of their own samples are all alike: nothing to walk, however many are claimed.
        var duration = hasDuration ? 0 : checked((long)count * defaultDuration);
        for (var i = 0u; i < count && (hasDuration || hasFlags); i++)
        {
            duration += hasDuration ? reader.UInt32() : 0;
            reader.Skip(hasSize ? 4 : 0);
            var flags = hasFlags ? reader.UInt32() : defaultFlags;
            firstFlags ??= flags;
            reader.Skip(hasOffset ? 4 : 0);
        }

        return new SampleRun(duration, firstFlags ?? defaultFlags);
    }
}
