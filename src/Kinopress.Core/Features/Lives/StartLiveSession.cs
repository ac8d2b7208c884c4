using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>Puts a live on air: its encoder's first picture is here. Whether the encoder may was asked by its stream key.</summary>
public sealed class StartLiveSession(KinopressDbContext db, NodeIdentity node, TimeProvider clock)
{
    /// <param name="encoderName">What the encoder calls itself; null when it does not say.</param>
    /// <returns><c>live.not_found</c>, also for one in the trash; <c>live.on_air</c> when it is already.</returns>
    public Task<Result<StartedLiveSession>> RunAsync(Id<Live> id, string? encoderName, CancellationToken cancellationToken) => LiveTurns.TakeAsync(db, async () =>
    {
        var live = await db.Lives.SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        if (live.StartSession(encoderName, clock).Failed(out var failure, out var session))
        {
            return failure;
        }

        session.RunOn(node.Name);
        db.LiveSessions.Add(session);
        db.Record(new LiveStarted(live.Id.Value, live.PublicId, session.Id.Value), session.StartedAt);
        await db.SaveChangesAsync(cancellationToken);
        return Result.Of(new StartedLiveSession(session.Id, session.Number, session.StartedAt, session.RecordingFolder, session.ReplayId));
    });
}

/// <summary>A session that has just begun.</summary>
/// <param name="RecordingFolder">A name for the folder its recording grows in.</param>
/// <param name="ReplayId">The id its replay will have; its files belong under <see cref="Renditions.RecordedRendition.BlobKeyOf"/> of it.</param>
public sealed record StartedLiveSession(Id<LiveSession> Id, int Number, DateTimeOffset StartedAt, string RecordingFolder, Id<Video> ReplayId);
