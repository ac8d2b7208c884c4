using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Site;

/// <summary>What is on air and what is planned, for everybody.</summary>
internal static class LivesPage
{
    public const string Path = "/live";

    public static async Task<IResult> GetAsync(string? cursor, LiveQueries lives, Drops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        var page = await lives.ListPublicAsync(channelHandle: null, PageRequest.From(limit: null, cursor), cancellationToken);
        return await pages.RenderAsync(
            new PageHead("lives", "lives") { Title = "Live", IsLater = cursor is not null, IsHiddenFromSearch = cursor is not null },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["on_air"] = drops.LiveCards(page.Items.Where(live => live.IsOnAir)),
                ["planned"] = drops.LiveCards(page.Items.Where(live => !live.IsOnAir)),
                ["next_url"] = page.Next is null ? null : $"{Path}?cursor={page.Next}",
            },
            cancellationToken);
    }
}
