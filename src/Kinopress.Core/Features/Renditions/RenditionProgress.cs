using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Tells a video how far its renditions have come. Called after each commit of a chunk, so the last one always sees all.</summary>
public sealed class RenditionProgress(KinopressDbContext db, TimeProvider clock)
{
    private const int Tries = 5;

    public async Task SettleAsync(Id<Video> videoId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                await TrySettleAsync(videoId, cancellationToken);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // Its creator edited it at the same moment; look again.
            }
        }
    }

    internal static async Task FailAsync(
        KinopressDbContext db, Job job, JobFailedException reason, TimeProvider clock, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var videoId = new Id<Video>(job.SubjectId ?? Guid.Empty);
        if (await db.Videos.SingleOrDefaultAsync(candidate => candidate.Id == videoId, cancellationToken) is not { } video)
        {
            return;
        }

        video.Fail(reason.Code, reason.Message);
        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task TrySettleAsync(Id<Video> videoId, CancellationToken cancellationToken)
    {
        if (await db.Videos.SingleOrDefaultAsync(candidate => candidate.Id == videoId, cancellationToken) is not { } video)
        {
            return;
        }

        var renditions = await db.Renditions.AsNoTracking()
            .Where(rendition => rendition.VideoId == videoId)
            .Select(rendition => new
            {
                rendition.Kind,
                rendition.IsDefault,
                rendition.ChunkCount,
                Made = rendition.Chunks.Count,
                HasFirst = rendition.Chunks.Any(chunk => chunk.Index == 0),
            })
            .ToListAsync(cancellationToken);

        var now = clock.GetUtcNow();
        var soundIsThere = renditions.Where(rendition => rendition is { Kind: RenditionKind.Sound, IsDefault: true }).All(rendition => rendition.Made == rendition.ChunkCount);
        var pictures = renditions.FindAll(rendition => rendition.Kind == RenditionKind.Picture);
        var pictureIsThere = pictures.Count == 0 || pictures.Exists(rendition => rendition.HasFirst);
        if (soundIsThere && pictureIsThere && renditions.Count > 0 && video.BecomePlayable(now))
        {
            db.Record(new VideoBecamePlayable(video.Id.Value, video.PublicId), now);
            if (video.PublishedAt is { } published)
            {
                db.Record(new VideoPublished(video.Id.Value, video.PublicId, published), now);
            }
        }

        if (renditions.Count > 0 && renditions.TrueForAll(rendition => rendition.Made == rendition.ChunkCount))
        {
            video.BecomeReady();
        }

        db.Record(new VideoMediaChanged(video.Id.Value, video.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
    }
}
