using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Takes a video back from the trash, as it was.</summary>
public sealed class RestoreVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>video.not_found</c> when it is not in the trash or not the caller's.</returns>
    public async Task<Result<Video>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var lastChance = clock.GetUtcNow() - DeleteVideo.KeptInTrash;
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt > lastChance, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        video.Restore(now);
        db.Record(new VideoRestored(video.Id.Value, video.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return video;
    }
}
