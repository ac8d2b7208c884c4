using System.Linq.Expressions;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Authorisation as part of the query: who manages a channel's lives manages where they are passed on to.</summary>
public static class ManagedDestinations
{
    public static IQueryable<Destination> ManagedBy(this IQueryable<Destination> destinations, Caller caller)
    {
        if (caller.May(Capability.ManageAnyVideo))
        {
            return destinations;
        }

        var userId = new Id<User>(caller.UserId ?? Guid.Empty);
        return caller.May(Capability.ManageOwnVideos)
            ? destinations.Where(destination => destination.Channel.OwnerId == userId)
            : destinations.Where(Nothing);
    }

    private static readonly Expression<Func<Destination, bool>> Nothing = destination => false;
}
