using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class ChatApi
{
    private const string PublicPiece = "public, max-age=30";

    public static void MapChat(this RouteGroupBuilder api)
    {
        var chat = api.MapGroup("/lives/{publicId}/chat").WithTags("Chat");
        chat.MapGet("/messages", List).WithName("listChatMessages").WithSummary("What was said in a live's chat, newest first");
        chat.MapPost("/messages", Send).WithName("sendChatMessage").WithSummary("Say something in a live's chat").RequireScope(Scope.ChatWrite);
        chat.MapDelete("/messages", Clear).WithName("clearChat").WithSummary("Delete everything that was said in a live's chat").RequireScope(Scope.ChatModerate);
        chat.MapDelete("/messages/{id}", Delete).WithName("deleteChatMessage").WithSummary("Delete a message: one's own, or with chat:moderate anybody's").RequireScope(Scope.ChatWrite);
        chat.MapDelete("/messages/{id}/author", Purge).WithName("purgeChatAuthor").WithSummary("Delete everything the author of a message has said").RequireScope(Scope.ChatModerate);
        chat.MapPost("/reactions", React).WithName("sendChatReaction").WithSummary("Send a heart or the like").RequireScope(Scope.ChatWrite);
        chat.MapGet("/rules", GetRules).WithName("getChatRules").WithSummary("The rules of a live's chat").RequireScope(Scope.ChatModerate);
        chat.MapPut("/rules", EditRules).WithName("editChatRules").WithSummary("Change the rules of a live's chat; what is left out stays").RequireScope(Scope.ChatModerate);
        chat.MapGet("/bans", ListBans).WithName("listChatBans").WithSummary("Who may not write in the chats of the live's channel").RequireScope(Scope.ChatModerate);
        chat.MapPost("/bans", Ban).WithName("banChatAuthor").WithSummary("Keep the author of a message from writing, for a while or for good").RequireScope(Scope.ChatModerate);
        chat.MapDelete("/bans/{id}", Unban).WithName("unbanChatAuthor").WithSummary("Let somebody write again").RequireScope(Scope.ChatModerate);
        chat.MapPut("/pin", Pin).WithName("pinChatMessage").WithSummary("Pin a message in place of the one before").RequireScope(Scope.ChatModerate);
        chat.MapDelete("/pin", Unpin).WithName("unpinChatMessage").WithSummary("Take down what is pinned").RequireScope(Scope.ChatModerate);
        chat.MapGet("/held", ListHeld).WithName("listHeldChatMessages").WithSummary("What waits for a moderator").RequireScope(Scope.ChatModerate);
        chat.MapPut("/held/{id}", Approve).WithName("approveHeldChatMessage").WithSummary("Show a held message to everybody").RequireScope(Scope.ChatModerate);
        chat.MapDelete("/held/{id}", Reject).WithName("rejectHeldChatMessage").WithSummary("Decide that nobody sees a held message").RequireScope(Scope.ChatModerate);
        api.MapGet("/videos/{publicId}/chat", Replay).WithTags("Chat").WithName("getReplayChat").WithSummary("What was said while a part of a replay was on air, in order; at most ten minutes at once");
    }

    /// <param name="after">Only what was said later (RFC 3339).</param>
    /// <param name="before">Only what was said earlier (RFC 3339).</param>
    private static async Task<Results<Ok<ChatMessageListResponse>, ProblemHttpResult>> List(
        string publicId, int? limit, string? cursor, DateTimeOffset? after, DateTimeOffset? before, Caller caller, ChatQueries chat, CancellationToken cancellationToken) =>
        Answer(await chat.ListAsync(publicId, after, before, PageRequest.From(limit, cursor), caller, cancellationToken), ChatMessageListResponse.From);

    private static async Task<Results<Created<SentChatMessageResponse>, ProblemHttpResult>> Send(
        string publicId, ChatMessageRequest body, Caller caller, SendChatMessage sendChatMessage, ChatRooms rooms, CancellationToken cancellationToken)
    {
        if ((await sendChatMessage.RunAsync(publicId, new ChatDraft(body.Text, body.ReplyTo), sessionStamp: null, caller, cancellationToken)).Failed(out var failure, out var sent))
        {
            return failure.ToProblem();
        }

        await rooms.SettleAsync(publicId, cancellationToken); // whoever is answered finds it in the history
        return TypedResults.Created($"{ApiGroup.Prefix}/lives/{publicId}/chat/messages", new SentChatMessageResponse(ChatMessageResponse.From(sent.Message), sent.IsHeld));
    }

    private static async Task<Results<Ok<ChatDeletionResponse>, ProblemHttpResult>> Clear(string publicId, Caller caller, ClearChat clearChat, CancellationToken cancellationToken) =>
        Answer(await clearChat.RunAsync(publicId, caller, cancellationToken), count => new ChatDeletionResponse(count));

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string publicId, Guid id, Caller caller, DeleteChatMessage deleteChatMessage, CancellationToken cancellationToken) =>
        Answer(await deleteChatMessage.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken));

    private static async Task<Results<Ok<ChatDeletionResponse>, ProblemHttpResult>> Purge(
        string publicId, Guid id, Caller caller, PurgeChatAuthor purgeChatAuthor, CancellationToken cancellationToken) =>
        Answer(await purgeChatAuthor.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken), count => new ChatDeletionResponse(count));

    private static async Task<Results<NoContent, ProblemHttpResult>> React(
        string publicId, ChatReactionRequest body, Caller caller, SendChatReaction sendChatReaction, CancellationToken cancellationToken) =>
        Answer(await sendChatReaction.RunAsync(publicId, body.Reaction, caller, cancellationToken));

    private static async Task<Results<Ok<ChatRulesResponse>, ProblemHttpResult>> GetRules(string publicId, Caller caller, ChatQueries chat, CancellationToken cancellationToken) =>
        Answer(await chat.GetRulesAsync(publicId, caller, cancellationToken), ChatRulesResponse.From);

    private static async Task<Results<Ok<ChatRulesResponse>, ProblemHttpResult>> EditRules(
        string publicId, ChatRulesEdit body, Caller caller, EditChatRules editChatRules, CancellationToken cancellationToken) =>
        Answer(await editChatRules.RunAsync(publicId, body, caller, cancellationToken), ChatRulesResponse.From);

    private static async Task<Results<Ok<ChatBanListResponse>, ProblemHttpResult>> ListBans(
        string publicId, int? limit, string? cursor, Caller caller, ChatQueries chat, TimeProvider clock, CancellationToken cancellationToken) =>
        Answer(
            await chat.ListRestrictionsAsync(publicId, PageRequest.From(limit, cursor), caller, clock.GetUtcNow(), cancellationToken),
            page => new ChatBanListResponse([.. page.Items.Select(ChatBanResponse.From)], page.Next));

    private static async Task<Results<Ok<ChatBanResponse>, ProblemHttpResult>> Ban(
        string publicId, ChatBanRequest body, Caller caller, BanChatAuthor banChatAuthor, CancellationToken cancellationToken)
    {
        // A bounded number of minutes: beyond the longest time-out it is refused, whatever it is.
        TimeSpan? duration = body.Minutes is { } minutes ? TimeSpan.FromMinutes(Math.Clamp(minutes, 0, 1_000_000)) : null;
        return Answer(await banChatAuthor.RunAsync(publicId, new Id<ChatMessage>(body.Message ?? Guid.Empty), duration, caller, cancellationToken), ChatBanResponse.From);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Unban(
        string publicId, Guid id, Caller caller, UnbanChatAuthor unbanChatAuthor, CancellationToken cancellationToken) =>
        Answer(await unbanChatAuthor.RunAsync(publicId, new Id<ChatRestriction>(id), caller, cancellationToken));

    private static async Task<Results<Ok<ChatMessageResponse>, ProblemHttpResult>> Pin(
        string publicId, ChatPinRequest body, Caller caller, PinChatMessage pinChatMessage, CancellationToken cancellationToken) =>
        Answer(await pinChatMessage.RunAsync(publicId, new Id<ChatMessage>(body.Message ?? Guid.Empty), caller, cancellationToken), ChatMessageResponse.From);

    private static async Task<Results<NoContent, ProblemHttpResult>> Unpin(string publicId, Caller caller, UnpinChatMessage unpinChatMessage, CancellationToken cancellationToken) =>
        Answer(await unpinChatMessage.RunAsync(publicId, caller, cancellationToken));

    private static async Task<Results<Ok<ChatMessageListResponse>, ProblemHttpResult>> ListHeld(
        string publicId, int? limit, string? cursor, Caller caller, ChatQueries chat, CancellationToken cancellationToken) =>
        Answer(await chat.ListHeldAsync(publicId, PageRequest.From(limit, cursor), caller, cancellationToken), ChatMessageListResponse.From);

    private static async Task<Results<Ok<ChatMessageResponse>, ProblemHttpResult>> Approve(
        string publicId, Guid id, Caller caller, ApproveHeldMessage approveHeldMessage, CancellationToken cancellationToken) =>
        Answer(await approveHeldMessage.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken), ChatMessageResponse.From);

    private static async Task<Results<NoContent, ProblemHttpResult>> Reject(
        string publicId, Guid id, Caller caller, RejectHeldMessage rejectHeldMessage, CancellationToken cancellationToken) =>
        Answer(await rejectHeldMessage.RunAsync(publicId, new Id<ChatMessage>(id), caller, cancellationToken));

    /// <param name="from">Milliseconds since the video starts.</param>
    /// <param name="to">Milliseconds since the video starts; a minute after <paramref name="from"/> when left out.</param>
    private static async Task<Results<Ok<ChatReplayResponse>, ProblemHttpResult>> Replay(
        string publicId, long? from, long? to, CurrentCaller current, ChatQueries chat, HttpContext context, CancellationToken cancellationToken)
    {
        const long Longest = 100L * 60 * 60 * 1000;
        var start = Math.Clamp(from ?? 0, 0, Longest);
        var end = Math.Clamp(to ?? start + 60_000, start, Longest);
        var read = await chat.ListReplayAsync(publicId, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end), current.Caller, cancellationToken);
        if (!read.Failed(out _) && !current.Caller.IsSignedIn)
        {
            context.Response.Headers.CacheControl = PublicPiece; // the same for everybody, and short enough for what is deleted later
        }

        return Answer(read, messages => new ChatReplayResponse([.. messages.Select(message => new ChatReplayMessageResponse(message.OffsetInMilliseconds, ChatMessageResponse.From(message.Message)))]));
    }

    private static Results<Ok<TOut>, ProblemHttpResult> Answer<TIn, TOut>(Result<TIn> result, Func<TIn, TOut> toResponse)
        where TIn : notnull =>
        result.Match<Results<Ok<TOut>, ProblemHttpResult>>(value => TypedResults.Ok(toResponse(value)), failure => failure.ToProblem());

    private static Results<NoContent, ProblemHttpResult> Answer(Result<Done> result) =>
        result.Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), failure => failure.ToProblem());
}
