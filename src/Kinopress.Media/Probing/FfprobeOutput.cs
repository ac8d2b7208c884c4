using System.Text.Json;

namespace Kinopress.Media.Probing;

/// <summary>Reads what ffprobe printed for <see cref="FfprobeCommand"/>.</summary>
public static class FfprobeOutput
{
    /// <inheritdoc cref="Parse(string, ProbeLimits, string)"/>
    public static ProbeResult Parse(string json, ProbeLimits limits) => Parse(json, limits, "");

    /// <summary>Never throws on any input: what cannot be understood is <see cref="ProbeRefusal.NotMedia"/>.</summary>
    /// <param name="json">Standard output, whatever the exit code.</param>
    /// <param name="errorOutput">Standard error: only it tells a cut-off MP4 from a file that never was one.</param>
    public static ProbeResult Parse(string json, ProbeLimits limits, string errorOutput)
    {
        FfprobeDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<FfprobeDocument>(json, FfprobeDocument.Options);
        }
        catch (JsonException)
        {
            return ProbeRefusal.NotMedia;
        }

        if (document?.Format?.FormatName is not { Length: > 0 } formatName || document.Error is not null)
        {
            return LacksIndex(errorOutput) ? ProbeRefusal.Truncated : ProbeRefusal.NotMedia;
        }

        return Judge(formatName, document, limits);
    }

    // Any file named .mp4 has no index either; ffprobe then adds that the name was all it had to go by.
    private static bool LacksIndex(string errorOutput) =>
        errorOutput.Contains("moov atom not found", StringComparison.Ordinal)
        && !errorOutput.Contains("misdetection possible", StringComparison.Ordinal);

    private static ProbeResult Judge(string formatName, FfprobeDocument document, ProbeLimits limits)
    {
        var tracks = new FfprobeTracks(document);
        if (tracks.Video is null && tracks.Audio.Count == 0)
        {
            return tracks.HasUnplayable ? ProbeRefusal.CodecNotSupported : ProbeRefusal.NotMedia;
        }

        if (tracks.Video is { } video && IsTooLarge(video, limits))
        {
            return ProbeRefusal.DimensionsTooLarge;
        }

        if (tracks.Duration is not { } duration)
        {
            return ProbeRefusal.NoDuration;
        }

        if (duration < limits.MinDuration)
        {
            return ProbeRefusal.TooShort;
        }

        if (duration > limits.MaxDuration)
        {
            return ProbeRefusal.TooLong;
        }

        return new ProbedMedia
        {
            FormatName = formatName,
            Duration = duration,
            StartTime = FfprobeDocument.Time(document.Format?.StartTime) ?? TimeSpan.Zero,
            BitrateInBitsPerSecond = FfprobeDocument.Positive(document.Format?.BitRate),
            Video = tracks.Video,
            Audio = tracks.Audio,
        };
    }

    private static bool IsTooLarge(VideoTrack video, ProbeLimits limits) =>
        (long)video.Width * video.Height > limits.MaxPixels
        || Math.Max(video.Width, video.Height) > limits.MaxSide
        || (long)video.DisplayWidth * video.DisplayHeight > limits.MaxPixels
        || Math.Max(video.DisplayWidth, video.DisplayHeight) > limits.MaxSide;
}
