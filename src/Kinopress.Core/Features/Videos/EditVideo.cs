using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Changes a video's words and audience.</summary>
public sealed class EditVideo(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="revision">The revision the change was made from; null to change whatever is there.</param>
    /// <returns><c>video.not_found</c>, <c>video.invalid</c>, or <c>video.edited_elsewhere</c>.</returns>
    public async Task<Result<Video>> RunAsync(
        string publicId, VideoEdit edit, int? revision, Caller caller, CancellationToken cancellationToken)
    {
        var video = await db.Videos.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (video is null)
        {
            return VideoFailures.NotFound;
        }

        if (revision is not null && revision != video.Revision)
        {
            return VideoFailures.EditedElsewhere;
        }

        if (edit.ApplyTo(video).Failed(out var failure, out var details))
        {
            return failure;
        }

        var now = clock.GetUtcNow();
        video.Edit(details, now);
        db.Record(new VideoEdited(video.Id.Value, video.PublicId), now);
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
