using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Themes;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Site;

/// <summary>The chat of a live alone: in a window of its own, and over somebody's broadcast.</summary>
internal static class ChatPage
{
    private const int LongestFade = 600;

    public static async Task<IResult> GetAsync(string publicId, Caller caller, LiveQueries lives, ChatDrops drops, PageRenderer pages, CancellationToken cancellationToken) =>
        await DrawAsync(publicId, refused: null, StatusCodes.Status200OK, caller, lives, drops, pages, cancellationToken);

    /// <summary>The plain form of visitors without JavaScript.</summary>
    public static async Task<IResult> PostAsync(
        string publicId, [FromForm] string? text, Caller caller, SendChatMessage sendChatMessage, ChatRooms rooms, LiveQueries lives, ChatDrops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        if (!(await sendChatMessage.RunAsync(publicId, new ChatDraft(text, ReplyTo: null), sessionStamp: null, caller, cancellationToken)).Failed(out var failure))
        {
            await rooms.SettleAsync(publicId, cancellationToken); // the next page shows it
            return TypedResults.LocalRedirect(ChatDrops.PageOf(publicId));
        }

        return failure.Kind == FailureKind.NotFound || failure == AccountFailures.SignInRequired
            ? await ErrorPages.RenderAsync(pages, failure, cancellationToken)
            : await DrawAsync(publicId, new RefusedMessage(Text.SingleLine(text, ChatMessage.MaxLength) ?? "", failure.Message), Failures.StatusOf(failure), caller, lives, drops, pages, cancellationToken);
    }

    /// <param name="size">small, medium or large.</param>
    /// <param name="fade">Seconds a message stays; 0 or nothing for ever.</param>
    public static async Task<IResult> OverlayAsync(
        string publicId, string? size, string? fade, Caller caller, LiveQueries lives, ChatDrops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        var seconds = int.TryParse(fade, out var asked) ? Math.Clamp(asked, 0, LongestFade) : 0;
        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live)
            || await drops.OverlayAsync(live, seconds, caller, cancellationToken) is not { } chat)
        {
            return await ErrorPages.RenderAsync(pages, failure ?? LiveFailures.NotFound, cancellationToken);
        }

        return await pages.RenderAsync(
            new PageHead("chat-overlay", "overlay") { Title = live.Title, Layout = "chat", IsHiddenFromSearch = true },
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["chat"] = chat, ["size"] = size is "small" or "large" ? size : "medium" },
            cancellationToken);
    }

    private static async Task<IResult> DrawAsync(
        string publicId, RefusedMessage? refused, int status, Caller caller, LiveQueries lives, ChatDrops drops, PageRenderer pages, CancellationToken cancellationToken)
    {
        var page = ChatDrops.PageOf(publicId);
        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live))
        {
            return failure == AccountFailures.SignInRequired
                ? TypedResults.Redirect($"/login?returnUrl={Uri.EscapeDataString(page)}")
                : await ErrorPages.RenderAsync(pages, failure, cancellationToken);
        }

        return await drops.LiveAsync(live, page, refused, caller, cancellationToken) is { } chat
            ? await pages.RenderAsync(
                new PageHead("chat", "chat") { Title = live.Title, Layout = "chat", Status = status, IsHiddenFromSearch = true },
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["chat"] = chat },
                cancellationToken)
            : await ErrorPages.RenderAsync(pages, LiveFailures.NotFound, cancellationToken);
    }
}
