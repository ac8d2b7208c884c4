using System.Globalization;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>
/// The arguments of ffmpeg for one task of a plan. Every output is fragmented MP4 (CMAF, ISO/IEC 23000-19) whose decode
/// times count from the film's first moment, so that fragments of different chunks and tracks fit together as they are.
/// </summary>
public static class EncodingCommand
{
    /// <summary>Seeking lands on a keyframe before this margin, so that a chunk's first frames are decoded whole.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <param name="task">One of <paramref name="plan"/>'s tasks.</param>
    /// <param name="outputPath">From a rendition's or sound track's key to the file to write; overwritten if present.</param>
    /// <param name="threads">Zero: ffmpeg decides.</param>
    /// <returns>Arguments without the program's name. Progress is written to standard output.</returns>
    public static IReadOnlyList<string> Arguments(
        EncodingTask task,
        RenditionPlan plan,
        ProbedMedia media,
        string inputPath,
        Func<string, string> outputPath,
        int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        IReadOnlyList<string> threading = threads == 0 ? [] : ["-threads", Text(threads)];

        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            "-progress", "pipe:1", "-nostats",
            .. threads == 0 ? threading : ["-filter_complex_threads", Text(threads)],
            "-copyts",
            .. threading,
            .. FromZero(media),
            .. FfmpegInput.ArgumentsFrom(task.Start - Margin, inputPath),
            .. task.Kind switch
            {
                EncodingTaskKind.Copy => task.Outputs.SelectMany(key => Copy(key, plan, media, outputPath(key))),
                EncodingTaskKind.Audio => task.Outputs.SelectMany(key =>
                    AudioEncoding.Arguments(Sound(plan, key), media, plan.SegmentDuration, outputPath(key))),
                EncodingTaskKind.Video => Video(task, plan, media, outputPath, threading),
                _ => throw new ArgumentOutOfRangeException(nameof(task), task.Kind, "Unknown kind of task"),
            },
        ];
    }

    // Not -start_at_zero: for transport streams it takes the first moment of the mapped tracks alone, which would part
    // sound from picture. ffmpeg does the same when the offset is the start time to the microsecond; one more is below
    // any clock's tick. The accurate seek would count without the offset; the cut is made by a filter instead.
    private static IEnumerable<string> FromZero(ProbedMedia media) =>
        media.StartTime == TimeSpan.Zero
            ? ["-noaccurate_seek"]
            : ["-noaccurate_seek", "-itsoffset", FfmpegInput.Seconds(TimeSpan.FromMicroseconds(1) - media.StartTime)];

    private static IEnumerable<string> Copy(string key, RenditionPlan plan, ProbedMedia media, string path)
    {
        if (plan.Renditions.Any(rendition => rendition.Key == key))
        {
            return ["-map", $"0:{Picture(media).Index}", "-c", "copy", .. FragmentedOutput.Picture(path)];
        }

        return AudioEncoding.CopyArguments(Sound(plan, key), plan.SegmentDuration, path);
    }

    private static IEnumerable<string> Video(
        EncodingTask task, RenditionPlan plan, ProbedMedia media, Func<string, string> outputPath, IReadOnlyList<string> threading)
    {
        var renditions = task.Outputs.Select(key => plan.Renditions.First(rendition => rendition.Key == key)).ToList();
        return
        [
            "-filter_complex", PictureFilters.Graph(Picture(media), task, renditions),
            .. renditions.SelectMany((rendition, number) => (string[])
            [
                "-map", $"[v{number}]",
                .. threading,
                .. X264.Arguments(rendition, plan.KeyframeInterval),
                "-fps_mode", "passthrough",
                "-enc_time_base", "1:90000",
                .. FragmentedOutput.Picture(outputPath(rendition.Key)),
            ]),
        ];
    }

    private static PlannedAudio Sound(RenditionPlan plan, string key) => plan.Audio.First(track => track.Key == key);

    private static VideoTrack Picture(ProbedMedia media) =>
        media.Video ?? throw new ArgumentException("The plan has a picture and the film has none", nameof(media));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
