using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Site;

internal static class HomePage
{
    private const int MaxLives = 8;
    private const int MaxPlanned = 4;

    public static async Task<IResult> GetAsync(string? cursor, VideoQueries videos, LiveQueries lives, Drops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        var page = await videos.ListPublicAsync(channelHandle: null, VideoSort.PublishedLast, PageRequest.From(limit: null, cursor), cancellationToken);
        return await pages.RenderAsync(
            new PageHead("home", "home") { IsLater = cursor is not null, IsHiddenFromSearch = cursor is not null },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["videos"] = drops.Cards(page.Items),
                ["has_videos"] = page.Items.Count > 0,
                ["next_url"] = page.Next is null ? null : $"/?cursor={page.Next}",
                ["live"] = cursor is null ? drops.LiveCards(await lives.ListOnAirAsync(channelHandle: null, MaxLives, cancellationToken)) : [],
                ["planned"] = cursor is null ? drops.LiveCards(await lives.ListUpcomingAsync(channelHandle: null, MaxPlanned, cancellationToken)) : [],
            },
            cancellationToken);
    }
}
