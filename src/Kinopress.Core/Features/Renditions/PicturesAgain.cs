using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Asks for a video's pictures anew, because another part of it is shown.</summary>
internal static class PicturesAgain
{
    /// <summary>The storyboard is gone at once: it shows what was cut off. The poster stays until the next one is there. Saves nothing.</summary>
    public static async Task MakeAsync(KinopressDbContext db, Video video, TimeProvider clock, CancellationToken cancellationToken)
    {
        video.DropStoryboard();
        db.Entry(video).Property(changed => changed.StoryboardName).IsModified = true; // also where one is being saved at this moment
        await MakeAsync(db, video, MakePoster.JobKind, MakePoster.JobFor, clock, cancellationToken);
        await MakeAsync(db, video, MakeStoryboard.JobKind, MakeStoryboard.JobFor, clock, cancellationToken);
    }

    private static async Task MakeAsync(
        KinopressDbContext db, Video video, string kind, Func<Guid, TimeProvider, Job> jobFor, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Index ix_jobs_subject_id.
        Guid? subject = video.Id.Value;
        var before = await db.Jobs.Where(job => job.SubjectId == subject && job.Kind == kind).ToListAsync(cancellationToken);
        if (before.TrueForAll(job => job.State is JobState.Done or JobState.Dead or JobState.Canceled))
        {
            db.Jobs.RemoveRange(before);
            db.Jobs.Add(jobFor(video.Id.Value, clock));
        }
    }
}
