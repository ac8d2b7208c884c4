using Kinopress.Media.Fmp4;

namespace Kinopress.Media.RealTests;

/// <summary>What is really in a file, by ffprobe and by decoding.</summary>
internal static class Measure
{
    /// <summary>Presentation times of all frames the source shows, from the film's first moment, in order.</summary>
    public static async Task<IReadOnlyList<double>> SourceFramesAsync(string path, int stream = 0)
    {
        var start = await ProbeAsync(path, "format=start_time");
        var frames = await ProbeAsync(path, "frame=best_effort_timestamp_time", "-select_streams", $"{stream}");
        return [.. frames.Select(time => time - start[0]).Order()];
    }

    /// <summary>
    /// The same of a file of ours. ffmpeg's reader shifts tracks with negative composition offsets as a whole, so times
    /// are taken relative to the first frame, which is shown at the first decode time.
    /// </summary>
    public static async Task<IReadOnlyList<double>> FramesAsync(string path, FragmentedFile file)
    {
        var frames = (await ProbeAsync(path, "packet=pts_time")).Order().ToList();
        var start = (double)file.Fragments[0].DecodeTime / file.Timescale;
        return [.. frames.Select(time => time - frames[0] + start)];
    }

    public static IReadOnlyList<TimeSpan> Keyframes(FragmentedFile file) =>
        [.. file.Fragments.Where(fragment => fragment.StartsWithKeyframe).Select(fragment => file.Time(fragment.DecodeTime))];

    /// <summary>When the sound first gets loud, in seconds of the film.</summary>
    public static async Task<double> OnsetAsync(string path, FragmentedFile file)
    {
        var run = await Tool.SucceedAsync(
            "ffmpeg", "-v", "error", "-nostdin", "-i", path, "-ac", "1", "-ar", "48000", "-f", "f32le", "pipe:1");
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(run.OutputBytes);
        var first = 0;
        while (first < samples.Length && Math.Abs(samples[first]) < 0.3)
        {
            first++;
        }

        return (first / 48000.0) + ((double)file.Fragments[0].DecodeTime / file.Timescale);
    }

    public static async Task<double> PeakAsync(string path)
    {
        var run = await Tool.SucceedAsync("ffmpeg", "-v", "error", "-nostdin", "-i", path, "-f", "f32le", "pipe:1");
        var peak = 0f;
        foreach (var sample in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(run.OutputBytes))
        {
            peak = Math.Max(peak, Math.Abs(sample));
        }

        return peak;
    }

    public static async Task<IReadOnlyList<double>> ProbeAsync(string path, string entries, params IReadOnlyList<string> more)
    {
        var run = await Tool.RunAsync(
            "ffprobe", ["-v", "error", .. more, "-show_entries", entries, "-of", "csv=p=0", path]);
        return Tool.Numbers(run.Output);
    }
}
