using System.Globalization;

namespace Kinopress.Media.Encoding;

/// <summary>Reads the lines of <c>-progress pipe:1</c>, one parser a run. Not thread-safe.</summary>
public sealed class FfmpegProgressParser
{
    private TimeSpan outTime;
    private double? speed;

    /// <returns>A report at the last line of each block (<c>progress=</c>); null for the lines before it.</returns>
    public EncodingProgress? Consume(string line)
    {
        var separator = line.IndexOf('=', StringComparison.Ordinal);
        if (separator < 0)
        {
            return null;
        }

        var value = line.AsSpan(separator + 1).Trim();
        switch (line.AsSpan(0, separator).Trim())
        {
            case "out_time_us" when long.TryParse(value, CultureInfo.InvariantCulture, out var microseconds):
                outTime = TimeSpan.FromTicks(Math.Clamp(microseconds, 0, long.MaxValue / 10) * TimeSpan.TicksPerMicrosecond);
                return null;
            case "speed":
                speed = double.TryParse(value.TrimEnd('x'), CultureInfo.InvariantCulture, out var times) ? times : null;
                return null;
            case "progress":
                return new EncodingProgress(outTime, speed, value is "end");
            default:
                return null;
        }
    }
}
