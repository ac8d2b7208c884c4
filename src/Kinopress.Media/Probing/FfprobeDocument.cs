using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinopress.Media.Probing;

/// <summary>ffprobe's JSON, as far as it is read. ffprobe writes most numbers as strings.</summary>
internal sealed record FfprobeDocument
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public IReadOnlyList<FfprobeStream>? Streams { get; init; }

    public FfprobeFormat? Format { get; init; }

    public JsonElement? Error { get; init; }

    public static long? Positive(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    public static TimeSpan? Time(string? seconds)
    {
        if (!double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value)
            || Math.Abs(value) > TimeSpan.FromDays(3650).TotalSeconds)
        {
            return null;
        }

        // ffprobe writes microseconds; more digits would be the double's own.
        return TimeSpan.FromMicroseconds(Math.Round(value * 1e6));
    }
}

internal sealed record FfprobeFormat
{
    public string? FormatName { get; init; }

    public string? Duration { get; init; }

    public string? StartTime { get; init; }

    public string? BitRate { get; init; }
}

internal sealed record FfprobeStream
{
    public int Index { get; init; }

    public string? CodecType { get; init; }

    public string? CodecName { get; init; }

    public string? CodecTagString { get; init; }

    public string? Profile { get; init; }

    public int? Level { get; init; }

    public string? PixFmt { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public string? SampleAspectRatio { get; init; }

    public string? RFrameRate { get; init; }

    public string? AvgFrameRate { get; init; }

    public string? FieldOrder { get; init; }

    public string? ColorTransfer { get; init; }

    public string? ColorSpace { get; init; }

    public int Channels { get; init; }

    public string? SampleRate { get; init; }

    public string? BitRate { get; init; }

    public string? StartTime { get; init; }

    public string? Duration { get; init; }

    public Dictionary<string, int>? Disposition { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public IReadOnlyList<FfprobeSideData>? SideDataList { get; init; }

    public bool Is(string disposition) => Disposition?.GetValueOrDefault(disposition) == 1;

    /// <summary>A tag by name; writers disagree on case. Null when absent or blank.</summary>
    public string? Tag(string name)
    {
        var value = Tags?.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}

internal sealed record FfprobeSideData
{
    public double? Rotation { get; init; }
}
