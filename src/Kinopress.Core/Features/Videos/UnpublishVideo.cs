using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Makes a published or scheduled video a draft again.</summary>
public sealed class UnpublishVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>video.not_found</c> when missing or not the caller's.</returns>
    public async Task<Result<Video>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        video.Unpublish(now);
        db.Record(new VideoUnpublished(video.Id.Value, video.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return video;
    }
}
