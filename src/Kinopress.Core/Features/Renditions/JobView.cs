using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;

namespace Kinopress.Core.Features.Renditions;

/// <summary>A task of a video as its creator sees it.</summary>
/// <param name="Label">Plain words: "Making 720p and 480p".</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Speed">Seconds of video per second; null when it has no meaning.</param>
/// <param name="TimeLeft">An estimate from the progress so far; null when unknown or over.</param>
public sealed record JobView(
    Id<Job> Id,
    string Kind,
    string Label,
    JobState State,
    double Progress,
    double? Speed,
    TimeSpan? TimeLeft,
    string? ProblemCode,
    string? ProblemMessage,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <param name="length">Of the video; null when unknown.</param>
    internal static JobView Of(Job job, TimeSpan? length) => new(
        job.Id,
        job.Kind,
        LabelOf(job),
        job.State,
        job.Progress,
        job.Speed,
        job is { State: JobState.Running, Speed: > 0 } && length is { } whole ? whole * (1 - job.Progress) / job.Speed : null,
        job.ProblemCode,
        job.ProblemMessage,
        job.CreatedAt,
        job.StartedAt,
        job.EndedAt);

    private static string LabelOf(Job job) => job.Kind switch
    {
        PrepareVideo.JobKind => "Looking at the file",
        MakePoster.JobKind => "Taking a picture",
        MakeStoryboard.JobKind => "Making the preview strip",
        EncodeRenditions.JobKind => EncodingLabel(job.Read<EncodingWork>().TaskKey),
        _ => job.Kind,
    };

    // Task keys are made of a kind, outputs and a chunk number; their words are enough for a label.
    private static string EncodingLabel(string taskKey) => taskKey switch
    {
        _ when taskKey.StartsWith("copy", StringComparison.Ordinal) => "Preparing the original quality",
        _ when taskKey.StartsWith("audio", StringComparison.Ordinal) => "Preparing the sound",
        _ => $"Making {taskKey}",
    };
}
