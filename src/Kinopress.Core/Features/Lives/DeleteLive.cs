using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// Moves a live to the trash, where its stream key opens nothing; for thirty days it can be taken back. Its replays are
/// videos of their own and stay. What is on air has to end first: people are watching, and a recording is being made.
/// </summary>
public sealed class DeleteLive(KinopressDbContext db, TimeProvider clock)
{
    public static readonly TimeSpan KeptInTrash = DeleteVideo.KeptInTrash;

    /// <returns><c>live.not_found</c> when missing, already deleted or not the caller's; <c>live.on_air</c>.</returns>
    public Task<Result<Live>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var live = await db.Lives.ManagedBy(caller)
            .SingleOrDefaultAsync(candidate => candidate.PublicId == publicId && candidate.DeletedAt == null, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        if (live.MoveToTrash(now).Failed(out var failure))
        {
            return failure;
        }

        db.Record(new LiveDeleted(live.Id.Value, live.PublicId), now);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(live);
    });
}
