using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Takes the picture that stands for a video in lists, at three widths. Idempotent: made again, it replaces itself.</summary>
public sealed class MakePoster(
    KinopressDbContext db, VideoPictures pictures, WorkFolder work, FfmpegRun ffmpeg, TimeProvider clock) : JobHandler
{
    public const string JobKind = "make-poster";

    private static readonly int[] Widths = [320, 640, 1280];

    public override string Kind => JobKind;

    public static Job JobFor(Guid videoId, TimeProvider clock) => Job.Create(
        JobKind,
        new VideoWork(videoId),
        new JobOptions { SubjectId = videoId, DeduplicationKey = $"{JobKind}:{videoId:N}", Priority = 3, Cost = 0.01, MaxAttempts = 3 },
        clock);

    public override async Task RunAsync(Job job, JobRun run, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(job.Read<VideoWork>().VideoId, cancellationToken) is not { Video: var video, Track: var track } source)
        {
            return;
        }

        using var space = work.Create();
        var largest = space.FileFor("poster.jpg");
        var moment = MomentOf(source);
        var file = source.FileAt(moment);
        using (var local = await pictures.FetchAsync(file, cancellationToken))
        {
            await TakeAsync(moment - file.Start);
            if (!space.Has("poster.jpg"))
            {
                await TakeAsync(TimeSpan.Zero);
            }

            Task TakeAsync(TimeSpan at) => ffmpeg.RunAsync(
                PosterCommand.Arguments(local.Path, at, Widths[^1], largest, source.IsOriginal ? track : null), fraction: null, run, inBackground: false, cancellationToken);
        }

        List<VideoImage> images = [];
        foreach (var width in Widths.Where(width => width <= Math.Max(track.DisplayWidth, Widths[0])))
        {
            var path = space.FileFor($"poster-{width}.jpg");
            await ffmpeg.RunAsync(SmallerPictureCommand.Arguments(largest, width, path), fraction: null, run, inBackground: false, cancellationToken);
            var (name, key) = await pictures.StoreAsync(video, $"poster-{width}", path, cancellationToken);
            var shownWidth = Math.Min(width, track.DisplayWidth);
            images.Add(VideoImage.Create(video.Id, name, key, shownWidth, Math.Max(1, shownWidth * track.DisplayHeight / track.DisplayWidth), clock));
        }

        video.ReplaceImages(images);
        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), clock.GetUtcNow());
        await db.SaveChangesAsync(CancellationToken.None);
    }

    // What is cut off may be what nobody shall see.
    private static TimeSpan MomentOf(PictureSource source) =>
        source.Video is { TrimStartInMilliseconds: { } start, TrimEndInMilliseconds: { } end }
            ? TimeSpan.FromMilliseconds(start) + PosterMoment.Choose(source.Media with { Duration = TimeSpan.FromMilliseconds(end - start) })
            : PosterMoment.Choose(source.Media);
}
