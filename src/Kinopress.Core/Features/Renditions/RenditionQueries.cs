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
            var probed = (await db.Originals.AsNoTracking().SingleAsync(original => original.VideoId == video.Id, cancellationToken)).Probed;
            storyboard = probed is not null && StoryboardLayout.Create(probed) is { } layout ? new StoryboardFile(name, layout, probed.Duration) : null;
        }

        return new PlaybackManifest(video.Audience, renditions.ConvertAll(Playable), images, storyboard);
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

    private static PlayableRendition Playable(Rendition rendition) => new(
        rendition.Key,
        rendition.Kind,
        rendition.Width,
        rendition.Height,
        rendition.FrameRate,
        rendition.Channels,
        rendition.Language,
        rendition.Title,
        rendition.IsDefault,
        rendition.ChunkCount,
        rendition.Chunks
            .TakeWhile((chunk, position) => chunk.Index == position)
            .Select(chunk => new PlayableChunk(
                chunk.Name,
                chunk.BlobKey,
                chunk.InitSize,
                chunk.InitHash,
                chunk.Codecs,
                JsonSerializer.Deserialize<IReadOnlyList<Segment>>(chunk.SegmentsJson) ?? []))
            .ToList());
}

/// <summary>What there is to play of a video.</summary>
/// <param name="Images">Blob keys by name.</param>
/// <param name="Storyboard">Null when there is none.</param>
public sealed record PlaybackManifest(
    VideoAudience Audience,
    IReadOnlyList<PlayableRendition> Renditions,
    IReadOnlyDictionary<string, string> Images,
    StoryboardFile? Storyboard);

/// <summary>The storyboard's sheet and how to read it.</summary>
public sealed record StoryboardFile(string Name, StoryboardLayout Layout, TimeSpan Duration);

/// <summary>A rendition as far as it can be played without a gap.</summary>
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
}

/// <summary>A chunk's file and where its segments are in it.</summary>
public sealed record PlayableChunk(
    string Name, string BlobKey, long InitSize, string InitHash, string Codecs, IReadOnlyList<Segment> Segments);
