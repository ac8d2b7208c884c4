using System.Linq.Expressions;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>Authorisation as part of the query: what the caller may not manage is not found.</summary>
public static class ManagedVideos
{
    /// <summary>The videos the caller may edit, publish and delete.</summary>
    public static IQueryable<Video> ManagedBy(this IQueryable<Video> videos, Caller caller)
    {
        if (caller.May(Capability.ManageAnyVideo))
        {
            return videos;
        }

        var userId = new Id<User>(caller.UserId ?? Guid.Empty);
        return caller.May(Capability.ManageOwnVideos)
            ? videos.Where(video => video.Channel.OwnerId == userId)
            : videos.Where(Nothing);
    }

    private static readonly Expression<Func<Video, bool>> Nothing = video => false;
}
