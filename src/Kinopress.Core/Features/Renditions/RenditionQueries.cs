using System.Text.Json;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Media.Encoding;
using Kinopress.Media.Fmp4;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Reads about what plays, and about the work that makes it.</summary>
public sealed class RenditionQueries(KinopressDbContext db, VideoQueries videos)
{
    /// <summary>Everything the media addresses of a video serve. Null when there is no such video. Not authorised: the caller decides by its audience.</summary>
    public async Task<PlaybackManifest?> GetManifestAsync(string publicId, CancellationToken cancellationToken)
    {
        var video = await videos.FindMediaAsync(publicId, cancellationToken);
        if (video is null)
        {
            return null;
        }

        var renditions = await db.Renditions.AsNoTracking()
            .Where(rendition => rendition.VideoId == video.Id)
            .Include(rendition => rendition.Chunks.OrderBy(chunk => chunk.Index))
            .ToListAsync(cancellationToken);
        var images = video.Images.ToDictionary(image => image.Name, image => image.BlobKey, StringComparer.Ordinal);
        StoryboardFile? storyboard = null;
        if (video.StoryboardName is { } name)
        {
            images[name] = RenditionBlobs.ImageKey(video.Id, name);
            var original = await db.Originals.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.VideoId == video.Id, cancellationToken);
            var media = original is null ? RecordedMedia.Of(renditions, video.Duration) : original.Probed;
            storyboard = media is not null && StoryboardLayout.Create(media) is { } layout
                ? new StoryboardFile(name, layout, video.Trim?.Start ?? TimeSpan.Zero, video.Trim?.End ?? media.Duration)
                : null;
        }

        return new PlaybackManifest(video.Audience, renditions.ConvertAll(rendition => Playable(rendition, video.Trim)), images, storyboard, video.Chapters, ShownDuration(video));
    }

    /// <summary>The work on a video the caller may manage, in the order it runs; <c>video.not_found</c> otherwise. Index ix_jobs_subject_id.</summary>
    public async Task<Result<IReadOnlyList<JobView>>> ListJobsAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        if ((await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var video))
        {
            return failure;
        }

        var jobs = await db.Jobs.AsNoTracking()
            .Where(job => job.SubjectId == video.Id.Value)
            .OrderBy(job => job.Priority).ThenBy(job => job.CreatedAt).ThenBy(job => job.Id)
            .ToListAsync(cancellationToken);
        var length = video.DurationInMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        return Result.Of<IReadOnlyList<JobView>>(jobs.ConvertAll(job => JobView.Of(job, length)));
    }

    /// <summary>What the creator's computer called the file; empty when nobody said.</summary>
    public async Task<string> GetOriginalFileNameAsync(Id<Video> videoId, CancellationToken cancellationToken) =>
        await db.Originals.AsNoTracking().Where(original => original.VideoId == videoId).Select(original => original.FileName).SingleOrDefaultAsync(cancellationToken) ?? "";

    private static TimeSpan? ShownDuration(VideoMedia video) => video.Trim is { } trim ? trim.End - trim.Start : video.Duration;

    private static PlayableRendition Playable(Rendition rendition, VideoTrim? trim)
    {
        var chunks = rendition.Chunks.TakeWhile((chunk, position) => chunk.Index == position).Select(Playable).ToList();
        var missing = rendition.ChunkCount - chunks.Count;
        var shown = trim is null ? chunks : Shown(chunks, trim);
        return new PlayableRendition(
            rendition.Key,
            rendition.Kind,
            rendition.Width,
            rendition.Height,
            rendition.FrameRate,
            rendition.Channels,
            rendition.Language,
            rendition.Title,
            rendition.IsDefault,
            shown.Count + missing,
            shown);
    }

    private static PlayableChunk Playable(RenditionChunk chunk) => new(
        chunk.Name,
        chunk.BlobKey,
        chunk.InitSize,
        chunk.InitHash,
        chunk.Codecs,
        JsonSerializer.Deserialize<IReadOnlyList<Segment>>(chunk.SegmentsJson) ?? [],
        FirstSegment: 0,
        chunk.StartsDiscontinuity);

    // Segments keep their numbers, so that what an address serves never changes.
    private static List<PlayableChunk> Shown(List<PlayableChunk> chunks, VideoTrim trim)
    {
        List<PlayableChunk> shown = [];
        var position = TimeSpan.Zero;
        foreach (var chunk in chunks)
        {
            var first = -1;
            List<Segment> segments = [];
            for (var number = 0; number < chunk.Segments.Count; position += chunk.Segments[number].Duration, number++)
            {
                if (trim.Shows(position, chunk.Segments[number].Duration))
                {
                    first = first < 0 ? number : first;
                    segments.Add(chunk.Segments[number]);
                }
            }

            if (segments.Count > 0)
            {
                shown.Add(chunk with { Segments = segments, FirstSegment = first });
            }
        }

        return shown;
    }
}

/// <summary>What there is to play of a video.</summary>
/// <param name="Images">Blob keys by name.</param>
/// <param name="Storyboard">Null when there is none.</param>
/// <param name="Chapters">In order; empty when there are none.</param>
/// <param name="Duration">Of what is shown; null until the media has been looked at.</param>
public sealed record PlaybackManifest(
    VideoAudience Audience,
    IReadOnlyList<PlayableRendition> Renditions,
    IReadOnlyDictionary<string, string> Images,
    StoryboardFile? Storyboard,
    IReadOnlyList<VideoChapterView> Chapters,
    TimeSpan? Duration);

/// <summary>The storyboard's sheet and how to read it.</summary>
/// <param name="Start">Where what is shown starts, in the film the sheet was made of.</param>
/// <param name="End">Where it ends.</param>
public sealed record StoryboardFile(string Name, StoryboardLayout Layout, TimeSpan Start, TimeSpan End);

/// <summary>A rendition as far as it can be played without a gap.</summary>
/// <param name="ChunkCount">How many make it whole, of those that are shown.</param>
/// <param name="Chunks">From the first on, up to the first that is missing.</param>
public sealed record PlayableRendition(
    string Key,
    RenditionKind Kind,
    int Width,
    int Height,
    double FrameRate,
    int Channels,
    string? Language,
    string? Title,
    bool IsDefault,
    int ChunkCount,
    IReadOnlyList<PlayableChunk> Chunks)
{
    public bool IsComplete => Chunks.Count == ChunkCount;

    /// <summary>Picture and sound are in the same files.</summary>
    public bool IsMuxed => Kind == RenditionKind.Picture && Chunks is [{ Codecs: var codecs }, ..] && codecs.Contains(',', StringComparison.Ordinal);
}

/// <summary>A chunk's file and where its segments are in it.</summary>
/// <param name="Segments">Those that are shown, without a gap.</param>
/// <param name="FirstSegment">The number of the first of them in the file.</param>
/// <param name="StartsDiscontinuity">Timestamps or encoding change before the file's first segment.</param>
public sealed record PlayableChunk(
    string Name,
    string BlobKey,
    long InitSize,
    string InitHash,
    string Codecs,
    IReadOnlyList<Segment> Segments,
    int FirstSegment,
    bool StartsDiscontinuity)
{
    /// <summary>Where a segment is in the file; null for a number that is not shown.</summary>
    public Segment? Find(int number) => Segments.ElementAtOrDefault(number - FirstSegment);
}
