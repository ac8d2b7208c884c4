using System.Globalization;
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
        EncodeRenditions.JobKind => EncodingLabel(job.Read<EncodingWork>()),
        _ => job.Kind,
    };

    private static string EncodingLabel(EncodingWork work)
    {
        var pictures = work.Outputs.Where(key => !key.StartsWith("audio", StringComparison.Ordinal)).ToList();
        var part = work.Parts > 1 ? string.Create(CultureInfo.InvariantCulture, $", part {work.Part} of {work.Parts}") : "";
        return pictures switch
        {
            [] => "Preparing the sound",
            _ when work.TaskKey == "copy" => $"Preparing the original quality ({pictures[0]})",
            [var only] => $"Making {only}{part}",
            _ => $"Making {string.Join(", ", pictures[..^1])} and {pictures[^1]}{part}",
        };
    }
}
