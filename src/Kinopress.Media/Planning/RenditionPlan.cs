using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>Everything that will be made of one film, and the tasks that make it. Safe to store as JSON.</summary>
public sealed record RenditionPlan
{
    /// <summary>Highest first; empty for audio-only films.</summary>
    public required IReadOnlyList<PlannedRendition> Renditions { get; init; }

    /// <summary>In the source's order; empty for silent films.</summary>
    public required IReadOnlyList<PlannedAudio> Audio { get; init; }

    /// <summary>In the order they should run: what makes the film watchable comes first.</summary>
    public required IReadOnlyList<EncodingTask> Tasks { get; init; }

    public required TimeSpan KeyframeInterval { get; init; }

    public required TimeSpan SegmentDuration { get; init; }

    /// <summary>A pure function: the same film and policy give the same plan.</summary>
    public static RenditionPlan Create(ProbedMedia media, RenditionPolicy policy)
    {
        var renditions = media.Video is { } video
            ? Ladder.Create(video, policy, policy.AllowCopy && CopyRules.CanCopyVideo(media, policy))
            : [];
        var audio = AudioPlanning.Create(media, policy);

        return new RenditionPlan
        {
            Renditions = renditions,
            Audio = audio,
            Tasks = TaskPlanning.Create(media, policy, renditions, audio),
            KeyframeInterval = policy.KeyframeInterval,
            SegmentDuration = policy.SegmentDuration,
        };
    }
}
