using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Assets;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinopress.Server.Studio;

/// <summary>Makes what stands around every Studio page.</summary>
internal sealed class StudioFrames(
    SiteSettings settings, AccountQueries accounts, AssetCatalog assets, IAntiforgery antiforgery, FfmpegPresence ffmpeg, IHttpContextAccessor accessor)
{
    public async Task<StudioFrame> CreateAsync(string area, Caller caller, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext ?? throw new InvalidOperationException("Pages are drawn for a request.");
        var site = await settings.GetAsync(cancellationToken);
        var account = await accounts.GetAccountAsync(caller, cancellationToken);
        var tokens = antiforgery.GetAndStoreTokens(context);
        var name = account?.Name ?? "";
        return new StudioFrame(
            site.Name,
            name,
            Initials.Of(name),
            area,
            assets.UrlOf,
            tokens.FormFieldName,
            tokens.RequestToken ?? "",
            tokens.HeaderName ?? "",
            await NoticeAsync(cancellationToken),
            StudioToasts.Of(context.Request.Query["done"], context.Request.Query["video"]) is { } toast ? toast with { ReturnTo = PageOf(context.Request) } : null);
    }

    /// <summary>The page itself, without what it was to say.</summary>
    private static string PageOf(HttpRequest request) => QueryHelpers.AddQueryString(
        request.Path, request.Query.Where(part => part.Key is not ("done" or "video")).Select(part => KeyValuePair.Create(part.Key, (string?)part.Value.ToString())));

    private async Task<StudioNotice?> NoticeAsync(CancellationToken cancellationToken) =>
        await ffmpeg.IsPresentAsync(cancellationToken)
            ? null
            : new StudioNotice(
                "Videos cannot be prepared yet",
                "The server lacks ffmpeg. Uploads are kept, and preparing them goes on by itself once it is there. Run this on the server:",
                "apt-get install -y ffmpeg");
}

/// <summary>What a redirect says was done.</summary>
internal static class StudioToasts
{
    public static string With(string url, string done, string? publicId) =>
        $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}{(publicId is null ? "" : $"&video={publicId}")}";

    public static StudioToast? Of(string? done, string? publicId)
    {
        var live = PublicId.IsWellFormed(publicId) ? $"/studio/lives/{publicId}" : null;
        var undo = PublicId.IsWellFormed(publicId) ? $"/studio/videos/{publicId}" : null;
        return done switch
        {
            "saved" => new StudioToast("Saved.", UndoAction: null),
            "published" => new StudioToast("Published.", undo is null ? null : $"{undo}/unpublish"),
            "unpublished" => new StudioToast("It is a draft again.", undo is null ? null : $"{undo}/publish"),
            "deleted" => new StudioToast("Moved to the trash.", undo is null ? null : $"{undo}/restore"),
            "restored" => new StudioToast("Taken back from the trash.", UndoAction: null),
            "purged" => new StudioToast("Deleted for good.", UndoAction: null),
            "retried" => new StudioToast("Trying again.", UndoAction: null),
            "trimmed" => new StudioToast("Trimmed. Viewers see the part you chose.", undo is null ? null : $"{undo}/untrim"),
            "untrimmed" => new StudioToast("All of it is shown again.", UndoAction: null),
            "canceled" => new StudioToast("Cancelled.", UndoAction: null),
            "uploaded" => new StudioToast("Your video has arrived.", UndoAction: null),
            "password" => new StudioToast("Your password is changed. Other sessions have ended.", UndoAction: null),
            "revoked" => new StudioToast("The token no longer works.", UndoAction: null),
            "welcome" => new StudioToast("Your site is ready. Upload your first video.", UndoAction: null),
            "stale" => new StudioToast("Nothing was saved: this page had been open for too long. Look it over and press the button again.", UndoAction: null),
            "live-deleted" => new StudioToast("Moved to the trash.", live is null ? null : $"{live}/restore"),
            "live-ended" => new StudioToast("The live is over.", UndoAction: null),
            "live-on-air" => new StudioToast("This live is on air. End it first.", UndoAction: null),
            "marked" => new StudioToast("Marked.", UndoAction: null),
            "unbanned" => new StudioToast("This person may write again.", UndoAction: null),
            "held-shown" => new StudioToast("Everybody sees it now.", UndoAction: null),
            "held-rejected" => new StudioToast("Nobody will see it.", UndoAction: null),
            "emote-added" => new StudioToast("Everybody in your chats can use it now.", UndoAction: null),
            "emote-deleted" => new StudioToast("The emote is deleted.", UndoAction: null),
            "chat-cleared" => new StudioToast("The chat is empty.", UndoAction: null),
            "failed" => new StudioToast("That did not work. Try again.", UndoAction: null),
            _ => null,
        };
    }
}
