using System.Linq.Expressions;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>Authorisation as part of the query: what the caller may not manage is not found. Who manages videos manages lives.</summary>
public static class ManagedLives
{
    /// <summary>The lives the caller may edit, end and delete.</summary>
    public static IQueryable<Live> ManagedBy(this IQueryable<Live> lives, Caller caller)
    {
        if (caller.May(Capability.ManageAnyVideo))
        {
            return lives;
        }

        var userId = new Id<User>(caller.UserId ?? Guid.Empty);
        return caller.May(Capability.ManageOwnVideos)
            ? lives.Where(live => live.Channel.OwnerId == userId)
            : lives.Where(Nothing);
    }

    private static readonly Expression<Func<Live, bool>> Nothing = live => false;
}

/// <summary>The one answer to "may this person watch this live?": as for a video that has been published since the live exists.</summary>
public static class LiveAccess
{
    public static PlaybackDecision Decide(VideoAudience live, Caller caller, DateTimeOffset now) =>
        caller.Owns(live.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo) && caller.HasScope(Scope.LiveManage)
            ? live.DeletedAt is null ? PlaybackDecision.Allowed : PlaybackDecision.Hidden
            : PlaybackAccess.Decide(live, caller, now);
}
