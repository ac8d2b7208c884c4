using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Moves a video to the trash: nobody sees it any more, and for thirty days it can be taken back.</summary>
public sealed class DeleteVideo(KinopressDbContext db, TimeProvider clock)
{
    public static readonly TimeSpan KeptInTrash = TimeSpan.FromDays(30);

    /// <returns><c>video.not_found</c> when missing, already deleted or not the caller's.</returns>
    public async Task<Result<Video>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        video.MoveToTrash(now);
        db.Record(new VideoDeleted(video.Id.Value, video.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return video;
    }
}
