using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Empties the trash of what has been there for thirty days.</summary>
public sealed class PurgeVideos(KinopressDbContext db, PurgeVideo purgeVideo, TimeProvider clock)
{
    private const int BatchSize = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - DeleteVideo.KeptInTrash;
        var due = await db.Videos.Where(video => video.DeletedAt < before).OrderBy(video => video.DeletedAt).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var video in due)
        {
            await purgeVideo.PurgeAsync(video, cancellationToken);
        }
    }
}
