using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Makes the small pictures of the seek bar. Idempotent: made again, it replaces itself.</summary>
public sealed class MakeStoryboard(
    KinopressDbContext db, VideoPictures pictures, WorkFolder work, FfmpegRun ffmpeg, TimeProvider clock) : JobHandler
{
    public const string JobKind = "make-storyboard";

    public override string Kind => JobKind;

    public static Job JobFor(Guid videoId, TimeProvider clock) => Job.Create(
        JobKind,
        new VideoWork(videoId),
        new JobOptions { SubjectId = videoId, DeduplicationKey = $"{JobKind}:{videoId:N}", Priority = 6, Cost = 0.02, MaxAttempts = 3 },
        clock);

    public override async Task RunAsync(Job job, JobRun run, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(job.Read<VideoWork>().VideoId, cancellationToken) is not { Video: var video } source
            || StoryboardLayout.Create(source.Media) is not { } layout)
        {
            return;
        }

        using var space = work.Create();
        var sheet = space.FileFor("storyboard.jpg");
        List<LocalBlob> files = [];
        try
        {
            foreach (var file in source.Files)
            {
                files.Add(await pictures.FetchAsync(file, cancellationToken));
            }

            var shown = ShownOf(video);
            var arguments = source.IsOriginal
                ? StoryboardCommand.Arguments(files[0].Path, source.Media, layout, shown, sheet)
                : StoryboardCommand.Arguments([.. files.Zip(source.Files, (local, file) => new StoryboardPart(local.Path, file.Start, file.Duration))], layout, shown, sheet);
            await ffmpeg.RunAsync(arguments, fraction: null, run, inBackground: true, cancellationToken);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }

        var (name, _) = await pictures.StoreAsync(video, "storyboard", sheet, cancellationToken);
        video.AddStoryboard(name);
        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), clock.GetUtcNow());
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private static (TimeSpan Start, TimeSpan End)? ShownOf(Video video) =>
        video is { TrimStartInMilliseconds: { } start, TrimEndInMilliseconds: { } end } ? (TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end)) : null;
}
