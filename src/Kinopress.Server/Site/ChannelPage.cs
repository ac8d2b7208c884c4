using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

internal static class ChannelPage
{
    private const int MaxLives = 4;

    public static async Task<IResult> GetAsync(
        string handle, string? cursor, ChannelQueries channels, VideoQueries videos, LiveQueries lives, Drops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        if (await channels.FindByHandleAsync(handle, cancellationToken) is not { } channel)
        {
            return await ErrorPages.RenderAsync(pages, Failures.NotFound, cancellationToken);
        }

        var page = await videos.ListPublicAsync(channel.Handle, VideoSort.PublishedLast, PageRequest.From(limit: null, cursor), cancellationToken);
        return await pages.RenderAsync(
            new PageHead("channel", "channel") { Title = channel.Name, Description = channel.Description, IsLater = cursor is not null },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["channel"] = new Drop
                {
                    ["name"] = channel.Name,
                    ["handle"] = channel.Handle,
                    ["url"] = $"/@{channel.Handle}",
                    ["description"] = channel.Description,
                    ["avatar_url"] = null,
                    ["banner_url"] = null,
                    ["initials"] = Initials.Of(channel.Name),
                    ["videos_count"] = await videos.CountPublicAsync(channel.Handle, cancellationToken),
                },
                ["live"] = cursor is null ? drops.LiveCards(await lives.ListOnAirAsync(channel.Handle, MaxLives, cancellationToken)) : [],
                ["planned"] = cursor is null ? drops.LiveCards(await lives.ListUpcomingAsync(channel.Handle, MaxLives, cancellationToken)) : [],
                ["videos"] = drops.Cards(page.Items),
                ["next_url"] = page.Next is null ? null : $"/@{channel.Handle}?cursor={page.Next}",
            },
            cancellationToken);
    }
}
