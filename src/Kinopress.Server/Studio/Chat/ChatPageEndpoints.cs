using System.Globalization;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Chat;

/// <summary>Rules, held messages and bans of a live's chat.</summary>
internal static class ChatPageEndpoints
{
    public static void MapChatPage(this RouteGroupBuilder studio)
    {
        var chat = studio.MapGroup("/lives/{publicId}/chat");
        chat.MapGet("", ShowAsync);
        chat.MapPost("", SaveAsync);
        chat.MapPost("/bans/{id}/lift", UnbanAsync);
        chat.MapPost("/held/{id}/show", ApproveAsync);
        chat.MapPost("/held/{id}/reject", RejectAsync);
        chat.MapPost("/clear", ClearAsync);
    }

    private static async Task<IResult> ShowAsync(string publicId, Caller caller, ChatPageViews views, CancellationToken cancellationToken) =>
        await DrawAsync(publicId, form: null, failure: null, StatusCodes.Status200OK, caller, views, cancellationToken);

    private static async Task<IResult> SaveAsync(
        string publicId, [AsParameters] ChatRulesFields fields, Caller caller, EditChatRules editChatRules, ChatPageViews views, CancellationToken cancellationToken)
    {
        if (!(await editChatRules.RunAsync(publicId, fields.ToEdit(), caller, cancellationToken)).Failed(out var failure))
        {
            return StudioPages.Back(returnTo: null, PageOf(publicId), "saved", publicId: null);
        }

        return failure.Kind == FailureKind.NotFound ? TypedResults.NotFound() : await DrawAsync(publicId, fields.ToForm(), failure, Failures.StatusOf(failure), caller, views, cancellationToken);
    }

    private static async Task<IResult> UnbanAsync(string publicId, Guid id, Caller caller, UnbanChatAuthor unbanChatAuthor, CancellationToken cancellationToken) =>
        Answer(await unbanChatAuthor.RunAsync(publicId, new Id<ChatRestriction>(id), caller, cancellationToken), publicId, "unbanned");

    private static async Task<IResult> ApproveAsync(string publicId, Guid id, Caller caller, ApproveHeldMessage approveHeldMessage, CancellationToken cancellationToken) =>
        Answer(await approveHeldMessage.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken), publicId, "held-shown");

    private static async Task<IResult> RejectAsync(string publicId, Guid id, Caller caller, RejectHeldMessage rejectHeldMessage, CancellationToken cancellationToken) =>
        Answer(await rejectHeldMessage.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken), publicId, "held-rejected");

    private static async Task<IResult> ClearAsync(string publicId, Caller caller, ClearChat clearChat, CancellationToken cancellationToken) =>
        Answer(await clearChat.RunAsync(publicId, caller, cancellationToken), publicId, "chat-cleared");

    private static async Task<IResult> DrawAsync(
        string publicId, ChatRulesForm? form, Failure? failure, int status, Caller caller, ChatPageViews views, CancellationToken cancellationToken) =>
        (await views.PageAsync(publicId, form, failure, caller, cancellationToken)).Match<IResult>(view => StudioPages.Show<ChatPage>(view, status), _ => TypedResults.NotFound());

    // What somebody else decided meanwhile is no reason for an error page: the list behind it is new.
    private static Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult Answer<T>(Result<T> result, string publicId, string done)
        where T : notnull =>
        result.Match(_ => StudioPages.Back(returnTo: null, PageOf(publicId), done, publicId: null), _ => StudioPages.Back(returnTo: null, PageOf(publicId), "failed", publicId: null));

    private static string PageOf(string publicId) => $"/studio/lives/{publicId}/chat";
}

/// <summary>The rules as posted.</summary>
internal sealed record ChatRulesFields
{
    [FromForm]
    public string? SlowModeSeconds { get; init; }

    [FromForm]
    public string? MinAccountAgeMinutes { get; init; }

    [FromForm]
    public string? Links { get; init; }

    [FromForm]
    public string? Hold { get; init; }

    [FromForm]
    public string? BlockedPhrases { get; init; }

    [FromForm]
    public string? Unique { get; init; }

    [FromForm]
    public string? Paused { get; init; }

    public ChatRulesEdit ToEdit() => new()
    {
        SlowModeSeconds = Number(SlowModeSeconds),
        MinAccountAgeMinutes = Number(MinAccountAgeMinutes),
        Links = Links ?? "",
        Hold = Hold ?? "",
        BlockedPhrases = (BlockedPhrases ?? "").ReplaceLineEndings("\n").Split('\n'),
        Unique = Unique is not null,
        Paused = Paused is not null,
    };

    public ChatRulesForm ToForm() => new(SlowModeSeconds ?? "", MinAccountAgeMinutes ?? "", Links ?? "", Hold ?? "", BlockedPhrases ?? "", Unique is not null, Paused is not null);

    // What is no number is refused as one out of bounds.
    private static int Number(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? 0 : int.TryParse(typed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
