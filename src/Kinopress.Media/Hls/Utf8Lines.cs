using System.Buffers;
using System.Buffers.Text;

namespace Kinopress.Media.Hls;

/// <summary>Writes playlist lines as UTF-8, into a buffer that is used again.</summary>
internal sealed class Utf8Lines
{
    private readonly ArrayBufferWriter<byte> buffer = new(8192);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Clear() => buffer.ResetWrittenCount();

    public Utf8Lines Add(ReadOnlySpan<byte> text)
    {
        buffer.Write(text);
        return this;
    }

    public Utf8Lines Add(long number)
    {
        _ = Utf8Formatter.TryFormat(number, buffer.GetSpan(20), out var written);
        buffer.Advance(written);
        return this;
    }

    /// <summary>Seconds with five decimals: parts of sound do not add up in milliseconds.</summary>
    public Utf8Lines Add(TimeSpan duration)
    {
        var hundredThousandths = (duration.Ticks + 50) / 100;
        Add(hundredThousandths / 100_000);
        var span = buffer.GetSpan(6);
        span[0] = (byte)'.';
        _ = Utf8Formatter.TryFormat(hundredThousandths % 100_000, span[1..], out _, new StandardFormat('D', 5));
        buffer.Advance(6);
        return this;
    }

    /// <summary>ISO 8601 in UTC with milliseconds (RFC 8216bis §4.4.4.6).</summary>
    public Utf8Lines Add(DateTimeOffset moment)
    {
        _ = moment.UtcDateTime.TryFormat(buffer.GetSpan(32), out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        buffer.Advance(written);
        return this;
    }
}
