using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Videos;

/// <summary>Puts other chapters in place of a video's, or removes them.</summary>
public sealed class EditChapters(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="wanted">All of them, in order and in the time of the whole film; none removes them.</param>
    /// <param name="revision">The revision the change was made from; null to change whatever is there.</param>
    /// <returns>
    /// <c>video.not_found</c>, <c>video.edited_elsewhere</c>, <c>video.length_unknown</c>, <c>video.chapters_too_many</c>,
    /// <c>video.chapter_time_invalid</c>, <c>video.chapters_unordered</c>, <c>video.chapter_beyond_end</c>,
    /// <c>video.chapter_untitled</c> or <c>video.chapter_title_too_long</c>; of several the first, with messages for all.
    /// </returns>
    public async Task<Result<Video>> RunAsync(
        string publicId, IReadOnlyList<ChapterEdit?> wanted, int? revision, Caller caller, CancellationToken cancellationToken)
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

        if (ChapterEdit.ApplyTo(video, wanted).Failed(out var failure, out var chapters))
        {
            return failure;
        }

        // Primary key of video_chapters.
        db.VideoChapters.RemoveRange(await db.VideoChapters.Where(chapter => chapter.VideoId == video.Id).ToListAsync(cancellationToken));
        db.VideoChapters.AddRange(chapters);
        var now = clock.GetUtcNow();
        video.ChangeChapters(now);
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
