using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Shows the whole of a video again.</summary>
public sealed class UntrimVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <returns><c>video.not_found</c> when missing or not the caller's; <c>video.edited_elsewhere</c>.</returns>
    public async Task<Result<Video>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        video.Untrim(now);
        await PicturesAgain.MakeAsync(db, video, clock, cancellationToken);
        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return VideoFailures.EditedElsewhere;
        }

        return video;
    }
}
