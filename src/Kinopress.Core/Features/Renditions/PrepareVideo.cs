using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>
/// Plans a video's renditions and queues the tasks that make them. Idempotent: a video that has a plan is left alone.
/// </summary>
public sealed class PrepareVideo(KinopressDbContext db, IBlobStore blobs, MediaProbe probe, TimeProvider clock) : JobHandler
{
    public const string JobKind = "prepare-video";

    public override string Kind => JobKind;

    public static string KeyOf(Guid videoId) => $"{JobKind}:{videoId:N}";

    public static Job JobFor(Guid videoId, TimeProvider clock) => Job.Create(
        JobKind,
        new VideoWork(videoId),
        new JobOptions { SubjectId = videoId, DeduplicationKey = KeyOf(videoId), Priority = 0, Cost = 0.01 },
        clock);

    public override async Task RunAsync(Job job, JobRun run, CancellationToken cancellationToken)
    {
        var videoId = new Id<Video>(job.Read<VideoWork>().VideoId);
        var original = await db.Originals.SingleOrDefaultAsync(candidate => candidate.VideoId == videoId, cancellationToken);
        if (original is null or { PlanJson: not null })
        {
            return;
        }

        var media = original.Probed ?? await LookAsync(original, cancellationToken);
        var video = await db.Videos.SingleAsync(candidate => candidate.Id == videoId, cancellationToken);
        video.StartProcessing(media.Duration);
        Plan(original, media, RenditionPolicy.Default);
        db.Jobs.Add(MakePoster.JobFor(videoId.Value, clock));
        if (media.Video is not null)
        {
            db.Jobs.Add(MakeStoryboard.JobFor(videoId.Value, clock));
        }

        db.Record(new VideoMediaChanged(videoId.Value, video.PublicId), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    public override Task GiveUpAsync(Job job, JobFailedException reason, CancellationToken cancellationToken) =>
        RenditionProgress.FailAsync(db, job, reason, clock, cancellationToken);

    /// <summary>Adds the plan's renditions and tasks to the context.</summary>
    internal static void Plan(KinopressDbContext db, Original original, ProbedMedia media, RenditionPolicy policy, TimeProvider clock)
    {
        var plan = RenditionPlan.Create(media, policy);
        original.Follow(plan);
        var chunks = plan.Tasks.SelectMany(task => task.Outputs.Select(key => (Key: key, task.ChunkCount))).ToLookup(pair => pair.Key, pair => pair.ChunkCount);
        db.Renditions.AddRange(plan.Renditions.Select(planned => Rendition.Picture(original.VideoId, planned, chunks[planned.Key].First(), clock)));
        db.Renditions.AddRange(plan.Audio.Select(planned => Rendition.Sound(original.VideoId, planned, chunks[planned.Key].First(), clock)));
        db.Jobs.AddRange(plan.Tasks.Select(task => EncodeRenditions.JobFor(original.VideoId, task, plan, clock)));
    }

    private void Plan(Original original, ProbedMedia media, RenditionPolicy policy) => Plan(db, original, media, policy, clock);

    private async Task<ProbedMedia> LookAsync(Original original, CancellationToken cancellationToken)
    {
        using var file = await OriginalFile.FetchAsync(blobs, original, cancellationToken);
        var found = await probe.LookAsync(file.Path, cancellationToken);
        if (found.Failure is { } refusal)
        {
            throw new JobFailedException(refusal.Code, refusal.Message, inner: null) { IsFinal = true };
        }

        if (found.Media is not { } media)
        {
            throw new JobFailedException(MediaFailures.FfmpegMissingCode, MediaFailures.FfmpegMissingMessage, inner: null) { WaitsForOwner = true };
        }

        original.Remember(media);
        return media;
    }
}

/// <summary>The input of jobs that work on one video.</summary>
public sealed record VideoWork(Guid VideoId);
