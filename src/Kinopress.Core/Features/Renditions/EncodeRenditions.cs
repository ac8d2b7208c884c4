using System.Security.Cryptography;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Kinopress.Media.Encoding;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>
/// Runs one task of a video's plan: one ffmpeg, one decode, every output of the task. Idempotent: outputs that exist
/// are not made again, and an attempt that dies leaves only a scratch folder.
/// </summary>
public sealed class EncodeRenditions(
    KinopressDbContext db, IBlobStore blobs, WorkFolder work, FfmpegRun ffmpeg, RenditionProgress progress, TimeProvider clock) : JobHandler
{
    public const string JobKind = "encode-renditions";

    private const int HashLength = 16;

    // Longer than this between keyframes, and a viewer who seeks waits: such a source is encoded instead of copied.
    private static readonly TimeSpan LongestKeyframeInterval = TimeSpan.FromSeconds(10);

    public override string Kind => JobKind;

    public static Job JobFor(Id<Video> videoId, EncodingTask task, RenditionPlan plan, TimeProvider clock)
    {
        var isHeavy = task.Kind == EncodingTaskKind.Video;
        return Job.Create(
            JobKind,
            new EncodingWork(videoId.Value, task.Key, task.Outputs, task.ChunkIndex + 1, task.ChunkCount),
            new JobOptions
            {
                SubjectId = videoId.Value,
                DeduplicationKey = $"{JobKind}:{videoId.Value:N}:{task.Key}",
                Lane = isHeavy ? JobLane.Heavy : JobLane.Quick,
                Priority = PriorityOf(task, plan),
                Cost = task.Cost,
                MaxAttempts = 3,
            },
            clock);
    }

    public override async Task RunAsync(Job job, JobRun run, CancellationToken cancellationToken)
    {
        var encoding = job.Read<EncodingWork>();
        var videoId = new Id<Video>(encoding.VideoId);
        var original = await db.Originals.SingleOrDefaultAsync(candidate => candidate.VideoId == videoId, cancellationToken);
        if (original is not { Plan: { } plan, Probed: { } media } || plan.Tasks.FirstOrDefault(task => task.Key == encoding.TaskKey) is not { } task)
        {
            return; // deleted meanwhile, or planned anew without this task
        }

        var renditions = await db.Renditions.Include(rendition => rendition.Chunks.Where(chunk => chunk.Index == task.ChunkIndex))
            .Where(rendition => rendition.VideoId == videoId && task.Outputs.Contains(rendition.Key))
            .ToListAsync(cancellationToken);
        if (renditions.Exists(rendition => rendition.Chunks.Count == 0))
        {
            using var space = work.Create();
            using var source = await OriginalFile.FetchAsync(blobs, original, cancellationToken);
            var arguments = EncodingCommand.Arguments(task, plan, media, source.Path, key => space.FileFor($"{key}.mp4"), threads: 0);
            await ffmpeg.RunAsync(arguments, report => report.FractionOf(task, media.Duration), run, inBackground: task.Kind == EncodingTaskKind.Video, cancellationToken);

            if (!await KeepAsync(task, plan.SegmentDuration, media, original, renditions, space, cancellationToken))
            {
                return;
            }
        }

        await progress.SettleAsync(videoId, CancellationToken.None);
    }

    public override Task GiveUpAsync(Job job, JobFailedException reason, CancellationToken cancellationToken) =>
        RenditionProgress.FailAsync(db, job, reason, clock, cancellationToken);

    /// <returns>False when the result is no good and the video was planned anew.</returns>
    private async Task<bool> KeepAsync(
        EncodingTask task, TimeSpan segmentDuration, ProbedMedia media, Original original, List<Rendition> renditions, WorkSpace space, CancellationToken cancellationToken)
    {
        List<(Rendition Rendition, FragmentedFile File)> made = [];
        try
        {
            foreach (var rendition in renditions)
            {
                await using var stream = space.OpenRead($"{rendition.Key}.mp4");
                made.Add((rendition, await FragmentedFile.ReadAsync(stream, cancellationToken)));
            }
        }
        catch (InvalidFragmentedFileException exception) when (task.Kind != EncodingTaskKind.Copy)
        {
            throw new JobFailedException(MediaFailures.EncoderFailedCode, MediaFailures.EncoderFailedMessage, exception);
        }
        catch (InvalidFragmentedFileException)
        {
            made.Clear(); // a source that cannot be cut cleanly, such as one that starts between keyframes
        }

        if (task.Kind == EncodingTaskKind.Copy && !CanStay(made))
        {
            await PlanWithoutCopyAsync(original, media, cancellationToken);
            return false;
        }

        RefuseTruncated(task, media, made);
        foreach (var (rendition, file) in made.Where(output => output.Rendition.Chunks.Count == 0))
        {
            var chunk = await StoreAsync(task, original.VideoId, rendition, file, segmentDuration, space, cancellationToken);
            db.RenditionChunks.Add(RenditionChunk.Create(rendition, task.ChunkIndex, chunk, clock));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private static bool CanStay(List<(Rendition Rendition, FragmentedFile File)> made) =>
        made.Count > 0
        && made.TrueForAll(output => output.Rendition.Kind == RenditionKind.Sound || output.File.LongestKeyframeInterval() <= LongestKeyframeInterval);

    private async Task<FinishedChunk> StoreAsync(
        EncodingTask task, Id<Video> videoId, Rendition rendition, FragmentedFile file, TimeSpan segmentDuration, WorkSpace space, CancellationToken cancellationToken)
    {
        var fileName = $"{rendition.Key}.mp4";
        string hash;
        string initHash;
        await using (var stream = space.OpenRead(fileName))
        {
            var init = new byte[file.InitSize];
            await stream.ReadExactlyAsync(init, cancellationToken);
            initHash = Convert.ToHexStringLower(SHA256.HashData(init))[..HashLength];
            stream.Position = 0;
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))[..HashLength];
        }

        var name = $"{task.ChunkIndex}-{hash}";
        var size = space.SizeOf(fileName);
        var key = RenditionBlobs.ChunkKey(videoId, rendition.Key, name);
        try
        {
            await blobs.PutAsync(key, space.FileFor(fileName), cancellationToken);
        }
        catch (StorageFullException exception)
        {
            throw new JobFailedException(MediaFailures.DiskFullCode, MediaFailures.DiskFullMessage, exception) { WaitsForOwner = true };
        }

        var segments = Segmenter.Group(file, segmentDuration);
        return new FinishedChunk(rendition.Key, name, key, size, file.InitSize, initHash, file.Codecs, segments);
    }

    // A file whose tail is missing still says how long it was meant to be.
    private static void RefuseTruncated(EncodingTask task, ProbedMedia media, List<(Rendition Rendition, FragmentedFile File)> made)
    {
        var wanted = (task.End is { } end && end < media.Duration ? end : media.Duration) - task.Start;
        var tolerance = TimeSpan.FromSeconds(2) + (wanted * 0.1);
        if (task.ChunkIndex == 0 && made.TrueForAll(output => LengthOf(output.File) + tolerance < wanted))
        {
            throw new JobFailedException(MediaFailures.Truncated.Code, MediaFailures.Truncated.Message, inner: null) { IsFinal = true };
        }
    }

    private static TimeSpan LengthOf(FragmentedFile file) =>
        TimeSpan.FromSeconds(file.Fragments.Sum(fragment => (double)fragment.Duration) / file.Timescale);

    private async Task PlanWithoutCopyAsync(Original original, ProbedMedia media, CancellationToken cancellationToken)
    {
        // A task that runs meanwhile finds its row gone at the next heartbeat and stops.
        Guid? subject = original.VideoId.Value;
        db.Jobs.RemoveRange(await db.Jobs.Where(job => job.SubjectId == subject && job.Kind == JobKind).ToListAsync(cancellationToken));
        db.Renditions.RemoveRange(await db.Renditions.Where(rendition => rendition.VideoId == original.VideoId).ToListAsync(cancellationToken));
        PrepareVideo.Plan(db, original, media, RenditionPolicy.Default with { AllowCopy = false }, clock);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    // What makes the film watchable first, then its pictures, then the other qualities.
    private static int PriorityOf(EncodingTask task, RenditionPlan plan) => task switch
    {
        { Kind: EncodingTaskKind.Copy } => 0,
        { Kind: EncodingTaskKind.Audio } => 1,
        _ when plan.Tasks.All(other => other.Kind != EncodingTaskKind.Copy) && task.Outputs is [var only] && only == plan.Renditions[^1].Key => 2,
        _ => 5,
    };
}

/// <summary>The input of <see cref="EncodeRenditions"/>.</summary>
/// <param name="Outputs">What the task makes, for its label.</param>
/// <param name="Part">From 1 to <paramref name="Parts"/>.</param>
public sealed record EncodingWork(Guid VideoId, string TaskKey, IReadOnlyList<string> Outputs, int Part, int Parts);
