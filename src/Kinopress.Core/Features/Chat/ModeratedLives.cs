using System.Linq.Expressions;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>Authorisation as part of the query: whose chat the caller may not moderate is not found.</summary>
internal static class ModeratedLives
{
    /// <summary>One's own lives, everybody's for who manages them, and for moderators all that are not private. Not from the trash.</summary>
    public static IQueryable<Live> ModeratedBy(this IQueryable<Live> lives, Caller caller)
    {
        var kept = lives.Where(live => live.DeletedAt == null);
        if (!caller.HasScope(Scope.ChatModerate))
        {
            return kept.Where(Nothing);
        }

        if (caller.May(Capability.ManageAnyVideo))
        {
            return kept;
        }

        var userId = new Id<User>(caller.UserId ?? Guid.Empty);
        var ownsSome = caller.May(Capability.ManageOwnVideos);
        var moderates = caller.May(Capability.Moderate);
        return kept.Where(live => (ownsSome && live.Channel.OwnerId == userId) || (moderates && live.Visibility != Visibility.Private));
    }

    private static readonly Expression<Func<Live, bool>> Nothing = live => false;
}
