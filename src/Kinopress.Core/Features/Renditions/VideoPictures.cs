using System.Security.Cryptography;
using System.Text.Json;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>What the two picture jobs share: the video, where to take it from and a place for the result.</summary>
public sealed class VideoPictures(KinopressDbContext db, IBlobStore blobs)
{
    private const int HashLength = 12;

    /// <summary>Null when the video was deleted, never looked at, or has no picture.</summary>
    public async Task<PictureSource?> FindAsync(Guid videoGuid, CancellationToken cancellationToken)
    {
        var videoId = new Id<Video>(videoGuid);
        if (await db.Videos.Include(candidate => candidate.Images).SingleOrDefaultAsync(candidate => candidate.Id == videoId, cancellationToken) is not { } video)
        {
            return null;
        }

        if (await db.Originals.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.VideoId == videoId, cancellationToken) is { } original)
        {
            return original.Probed is { Video: { } track } media
                ? new PictureSource(video, media, track, [new PictureFile(original.BlobKey, TimeSpan.Zero, media.Duration)], IsOriginal: true)
                : null;
        }

        var renditions = await db.Renditions.AsNoTracking().Include(rendition => rendition.Chunks.OrderBy(chunk => chunk.Index)).Where(rendition => rendition.VideoId == videoId).ToListAsync(cancellationToken);
        var duration = video.DurationInMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        return RecordedMedia.LargestOf(renditions) is { } largest && RecordedMedia.Of(renditions, duration) is { Video: { } picture } recorded
            ? new PictureSource(video, recorded, picture, FilesOf(largest), IsOriginal: false)
            : null;
    }

    /// <summary>A file to read, for as long as it is held.</summary>
    /// <exception cref="JobFailedException">It is not in its place: on its way there, or lost.</exception>
    public Task<LocalBlob> FetchAsync(PictureFile file, CancellationToken cancellationToken) => OriginalFile.FetchAsync(blobs, file.BlobKey, cancellationToken);

    /// <summary>Stores a picture under a name with a hash of its content.</summary>
    /// <returns>The name and key.</returns>
    public async Task<(string Name, string Key)> StoreAsync(Video video, string stem, string path, CancellationToken cancellationToken)
    {
        string hash;
        await using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))[..HashLength];
        }

        var name = $"{stem}-{hash}.jpg";
        var key = RenditionBlobs.ImageKey(video.Id, name);
        try
        {
            await blobs.PutAsync(key, path, cancellationToken);
        }
        catch (StorageFullException exception)
        {
            throw new JobFailedException(MediaFailures.DiskFullCode, MediaFailures.DiskFullMessage, exception) { WaitsForOwner = true };
        }

        return (name, key);
    }

    private static List<PictureFile> FilesOf(Rendition rendition)
    {
        List<PictureFile> files = [];
        var position = TimeSpan.Zero;
        foreach (var chunk in rendition.Chunks)
        {
            var segments = JsonSerializer.Deserialize<IReadOnlyList<Segment>>(chunk.SegmentsJson) ?? [];
            var duration = segments.Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);
            files.Add(new PictureFile(chunk.BlobKey, position, duration));
            position += duration;
        }

        return files;
    }
}

/// <summary>Where pictures of a video can be taken from: its original, or the largest quality of a live's recording.</summary>
/// <param name="Files">In the order of time, at least one.</param>
/// <param name="IsOriginal">One file, just as <paramref name="Media"/> describes it.</param>
public sealed record PictureSource(Video Video, ProbedMedia Media, VideoTrack Track, IReadOnlyList<PictureFile> Files, bool IsOriginal)
{
    /// <summary>The file that holds a moment.</summary>
    public PictureFile FileAt(TimeSpan moment) => Files.LastOrDefault(file => file.Start <= moment) ?? Files[0];
}

/// <summary>A file of a film.</summary>
/// <param name="Start">In the film's time.</param>
public sealed record PictureFile(string BlobKey, TimeSpan Start, TimeSpan Duration);
