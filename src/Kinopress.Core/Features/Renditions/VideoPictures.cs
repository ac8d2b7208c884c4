using System.Security.Cryptography;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>What the two picture jobs share: the video, its original and a place for the result.</summary>
public sealed class VideoPictures(KinopressDbContext db, IBlobStore blobs)
{
    private const int HashLength = 12;

    /// <summary>Null when the video was deleted or never looked at.</summary>
    public async Task<(Video Video, Original Original, ProbedMedia Media)?> FindAsync(Guid videoGuid, CancellationToken cancellationToken)
    {
        var videoId = new Id<Video>(videoGuid);
        var original = await db.Originals.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.VideoId == videoId, cancellationToken);
        var video = await db.Videos.Include(candidate => candidate.Images).SingleOrDefaultAsync(candidate => candidate.Id == videoId, cancellationToken);
        return video is not null && original is { Probed: { } media } ? (video, original, media) : null;
    }

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
}
