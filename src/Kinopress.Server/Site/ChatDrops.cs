using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;
using Kinopress.Themes;

namespace Kinopress.Server.Site;

/// <summary>What the theme's function <c>live_chat</c> reads.</summary>
internal sealed class ChatDrops(ChatQueries chat, TimeProvider clock)
{
    private const int PlainMessages = 30;
    private const int OverlayMessages = 10;

    public static string PageOf(string livePublicId) => $"/chat/{livePublicId}";

    /// <summary>Null for a live without a chat.</summary>
    /// <param name="page">Where the plain form leads back to.</param>
    /// <param name="refused">What was typed and refused; null otherwise.</param>
    public async Task<Drop?> LiveAsync(LiveView live, string page, RefusedMessage? refused, Caller caller, CancellationToken cancellationToken)
    {
        if (!live.HasChat)
        {
            return null;
        }

        var isOpen = live.State != LiveState.Ended || live.EndedAt is null || clock.GetUtcNow() < live.EndedAt + ChatRoomFacts.OpenAfterEnd;
        return new Drop
        {
            ["mode"] = "live",
            ["live_id"] = live.PublicId,
            ["video_id"] = null,
            ["messages"] = await MessagesAsync(live.PublicId, PlainMessages, caller, cancellationToken),
            ["is_open"] = isOpen,
            ["send_url"] = PageOf(live.PublicId),
            ["popout_url"] = page == PageOf(live.PublicId) ? null : PageOf(live.PublicId),
            ["sign_in_url"] = $"/login?returnUrl={Uri.EscapeDataString(page)}",
            ["error"] = refused?.Error,
            ["text"] = refused?.Text,
            ["fade"] = null,
        };
    }

    /// <param name="fade">Seconds a message stays; 0 for ever.</param>
    public async Task<Drop?> OverlayAsync(LiveView live, int fade, Caller caller, CancellationToken cancellationToken) => !live.HasChat ? null : new Drop
    {
        ["mode"] = "overlay",
        ["live_id"] = live.PublicId,
        ["messages"] = await MessagesAsync(live.PublicId, OverlayMessages, caller, cancellationToken),
        ["is_open"] = false,
        ["fade"] = fade,
    };

    /// <summary>Null for a video that was never on air, or in silence.</summary>
    public async Task<Drop?> ReplayAsync(VideoView video, CancellationToken cancellationToken) => !await chat.HasReplayAsync(video, cancellationToken) ? null : new Drop
    {
        ["mode"] = "replay",
        ["video_id"] = video.PublicId,
        ["messages"] = Array.Empty<Drop>(),
        ["is_open"] = false,
    };

    private async Task<IReadOnlyList<Drop>> MessagesAsync(string publicId, int count, Caller caller, CancellationToken cancellationToken) =>
        (await chat.ListAsync(publicId, after: null, before: null, new PageRequest(count, Cursor: null), caller, cancellationToken)).Match<IReadOnlyList<Drop>>(
            page => [.. page.Items.Reverse().Select(message => new Drop { ["name"] = message.AuthorName, ["text"] = message.Text })], _ => []);
}

/// <summary>A message that was typed into the plain form and refused.</summary>
internal sealed record RefusedMessage(string Text, string Error);
