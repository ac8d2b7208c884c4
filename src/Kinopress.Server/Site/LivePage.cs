using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

/// <summary>The page of a live, under the same address as a video's: waiting room, broadcast, and what is left of it.</summary>
internal sealed class LivePage(LiveQueries lives, VideoQueries videos, Drops drops, ChatDrops chats, PageRenderer pages, TimeProvider clock)
{
    private const int RelatedCount = 12;

    /// <summary>Null when no live has the name, or it is not for this visitor; the answer then is that of a video.</summary>
    public async Task<IResult?> FindAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live))
        {
            return await RefuseAsync(failure, publicId, cancellationToken);
        }

        var related = await videos.ListPublicAsync(live.Channel.Handle, VideoSort.PublishedLast, new PageRequest(RelatedCount, Cursor: null), cancellationToken);
        return await pages.RenderAsync(
            new PageHead("live", "watch") { Title = live.Title, Description = live.Description, IsHiddenFromSearch = live.Visibility != Visibility.Public },
            Page(live, caller, drops.Cards(related.Items), await chats.LiveAsync(live, MediaUrls.Watch(publicId), refused: null, caller, cancellationToken)),
            cancellationToken);
    }

    /// <summary>The same inside another page: the bare player, or what stands in its place.</summary>
    public async Task<IResult?> FindEmbeddedAsync(string publicId, Caller caller, CancellationToken cancellationToken) =>
        (await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live)
            ? await RefuseAsync(failure, publicId, cancellationToken)
            : await pages.RenderAsync(
                new PageHead("embed-live", "watch") { Title = live.Title, Layout = "embed", IsHiddenFromSearch = true }, Page(live, caller, [], chat: null), cancellationToken);

    private Dictionary<string, object?> Page(LiveView live, Caller caller, IReadOnlyList<Drop> related, Drop? chat)
    {
        var canEdit = caller.Owns(live.Channel.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo);
        var mayReplay = live.Replay is { } replay && PlaybackAccess.Decide(replay.Audience, caller, clock.GetUtcNow()) == PlaybackDecision.Allowed;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["video"] = drops.Watch(live, canEdit),
            ["live"] = Drops.Broadcast(live, mayReplay && live.Replay is { } left ? MediaUrls.Watch(left.PublicId) : null),
            ["related"] = related,
            ["chat"] = chat,
            ["access"] = new Drop { ["allowed"] = true },
        };
    }

    private async Task<IResult?> RefuseAsync(Failure failure, string publicId, CancellationToken cancellationToken) =>
        failure == LiveFailures.NotFound ? null : await WatchPage.RefuseAsync(failure, publicId, pages, cancellationToken);
}
