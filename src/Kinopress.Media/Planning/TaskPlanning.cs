using Kinopress.Media.Probing;

namespace Kinopress.Media.Planning;

/// <summary>Cuts the work into tasks and puts first what a viewer waits for.</summary>
internal static class TaskPlanning
{
    public static IReadOnlyList<EncodingTask> Create(
        ProbedMedia media,
        RenditionPolicy policy,
        IReadOnlyList<PlannedRendition> renditions,
        IReadOnlyList<PlannedAudio> audio)
    {
        var copies = renditions.Where(rendition => rendition.IsCopy).Select(rendition => rendition.Key)
            .Concat(audio.Where(track => track.IsCopy).Select(track => track.Key)).ToList();
        var encoded = renditions.Where(rendition => !rendition.IsCopy).ToList();
        var hasCopy = encoded.Count < renditions.Count;
        var chunks = Chunks(media, policy);

        // With a copy people already watch; without one, the quickest rendition makes the film watchable.
        IReadOnlyList<PlannedRendition> first = hasCopy || encoded.Count < 2 ? [] : [encoded[^1]];
        IReadOnlyList<PlannedRendition> rest = [.. encoded.Except(first)];
        return
        [
            .. copies.Count == 0 ? [] : new[] { Copy(media, copies) },
            .. audio.Where(track => !track.IsCopy).Select(track => Audio(media, track)),
            .. Video("first", media, first, chunks),
            .. Video("ladder", media, rest, chunks),
        ];
    }

    /// <summary>Tiles the film without gap or overlap. A tail under half a chunk joins the chunk before it.</summary>
    private static List<(TimeSpan Start, TimeSpan? End)> Chunks(ProbedMedia media, RenditionPolicy policy)
    {
        if (policy.ChunkDuration is not { } wanted || wanted <= TimeSpan.Zero)
        {
            return [(TimeSpan.Zero, null)];
        }

        var length = Math.Max(1, (long)Math.Ceiling(wanted / policy.SegmentDuration)) * policy.SegmentDuration;
        var end = media.Video?.EndsAt ?? media.Duration;
        var count = Math.Max(1, (int)Math.Round(end / length, MidpointRounding.AwayFromZero));
        return
        [
            .. Enumerable.Range(0, count).Select(chunk =>
                (chunk * length, chunk == count - 1 ? (TimeSpan?)null : (chunk + 1) * length)),
        ];
    }

    private static EncodingTask Copy(ProbedMedia media, IReadOnlyList<string> outputs) => new()
    {
        Key = "copy",
        Kind = EncodingTaskKind.Copy,
        ChunkIndex = 0,
        ChunkCount = 1,
        Start = TimeSpan.Zero,
        Outputs = outputs,
        Cost = 0.01 * media.Duration.TotalSeconds,
    };

    private static EncodingTask Audio(ProbedMedia media, PlannedAudio track) => new()
    {
        Key = track.Key,
        Kind = EncodingTaskKind.Audio,
        ChunkIndex = 0,
        ChunkCount = 1,
        Start = TimeSpan.Zero,
        Outputs = [track.Key],
        Cost = 0.5 * media.Duration.TotalSeconds,
    };

    private static IEnumerable<EncodingTask> Video(
        string group,
        ProbedMedia media,
        IReadOnlyList<PlannedRendition> renditions,
        List<(TimeSpan Start, TimeSpan? End)> chunks) =>
        renditions.Count == 0 || media.Video is not { } source
            ? []
            : chunks.Select((chunk, number) => new EncodingTask
            {
                Key = $"{group}-{number}",
                Kind = EncodingTaskKind.Video,
                ChunkIndex = number,
                ChunkCount = chunks.Count,
                Start = chunk.Start,
                End = chunk.End,
                Outputs = [.. renditions.Select(rendition => rendition.Key)],
                Cost = Math.Max(0.01, Seconds(media, chunk) * WorkPerSecond(source, renditions)),
            });

    private static double Seconds(ProbedMedia media, (TimeSpan Start, TimeSpan? End) chunk) =>
        ((chunk.End ?? media.Video?.EndsAt ?? media.Duration) - chunk.Start).TotalSeconds;

    // In megapixels; decoding costs about a fifth of what encoding does.
    private static double WorkPerSecond(VideoTrack source, IReadOnlyList<PlannedRendition> renditions) =>
        ((0.2 * source.Width * source.Height * source.FrameRate.Value)
        + renditions.Sum(rendition => rendition.Width * rendition.Height * rendition.FrameRate.Value)) / 1e6;
}
