using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

internal static class WatchPage
{
    private const int PreviewWidth = 1280;

    public static async Task<IResult> GetAsync(
        string publicId, Caller caller, VideoQueries videos, LiveQueries lives, LivePage livePage, ChatDrops chats, Drops drops, MediaUrls urls, PageRenderer pages, CancellationToken cancellationToken)
    {
        var found = await videos.GetAsync(publicId, caller, cancellationToken);
        if (found.Failed(out var failure, out var video))
        {
            return failure == VideoFailures.NotFound && await livePage.FindAsync(publicId, caller, cancellationToken) is { } live
                ? live
                : await RefuseAsync(failure, publicId, pages, cancellationToken);
        }

        var related = await videos.ListRelatedAsync(video, cancellationToken);
        var source = await lives.FindSourceOfClipAsync(video, caller, cancellationToken);
        return await pages.RenderAsync(
            new PageHead("watch", "watch")
            {
                Title = video.Title,
                Description = video.Description,
                ImageUrl = urls.Thumbnail(video, PreviewWidth),
                IsHiddenFromSearch = video.Visibility != Visibility.Public,
            },
            Page(video, caller, drops, drops.Cards(related), await chats.ReplayAsync(video, cancellationToken), source),
            cancellationToken);
    }

    public static async Task<IResult> EmbedAsync(
        string publicId, Caller caller, VideoQueries videos, LivePage livePage, Drops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        var found = await videos.GetAsync(publicId, caller, cancellationToken);
        if (found.Failed(out var failure, out var video))
        {
            return failure == VideoFailures.NotFound && await livePage.FindEmbeddedAsync(publicId, caller, cancellationToken) is { } live
                ? live
                : await RefuseAsync(failure, publicId, pages, cancellationToken);
        }

        return await pages.RenderAsync(
                new PageHead("embed", "watch") { Title = video.Title, Layout = "embed", IsHiddenFromSearch = true },
                Page(video, caller, drops, [], chat: null, source: null),
                cancellationToken);
    }

    private static Dictionary<string, object?> Page(VideoView video, Caller caller, Drops drops, IReadOnlyList<Drop> related, Drop? chat, LiveView? source)
    {
        var canEdit = caller.Owns(video.Channel.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["video"] = drops.Watch(video, mayWatch: true, canEdit),
            ["related"] = related,
            ["chat"] = chat,
            ["source"] = source is null ? null : new Drop { ["title"] = source.Title, ["url"] = MediaUrls.Watch(source.PublicId) },
            ["access"] = new Drop { ["allowed"] = true },
        };
    }

    // Signing in may open it; otherwise, for this visitor, it does not exist.
    public static async Task<IResult> RefuseAsync(Failure failure, string publicId, PageRenderer pages, CancellationToken cancellationToken) =>
        failure == AccountFailures.SignInRequired
            ? TypedResults.Redirect($"/login?returnUrl={Uri.EscapeDataString(MediaUrls.Watch(publicId))}")
            : await ErrorPages.RenderAsync(pages, failure, cancellationToken);
}
