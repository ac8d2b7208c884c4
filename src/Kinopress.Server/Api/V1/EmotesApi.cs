using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class EmotesApi
{
    public static void MapEmotes(this RouteGroupBuilder api)
    {
        var emotes = api.MapGroup("/chat/emotes").WithTags("Chat");
        emotes.MapGet("", List).WithName("listChatEmotes").WithSummary("The site's own emotes, by name; messages name them between colons");
        emotes.MapPost("", Add).WithName("addChatEmote").WithSummary("Give all chats of the site a picture for a name; for those who moderate the whole site")
            .Accepts<ChatEmoteRequest>("multipart/form-data").RequireScope(Scope.ChatModerate);
        emotes.MapDelete("/{id:guid}", Delete).WithName("deleteChatEmote").WithSummary("Take an emote away; messages that named it show the name").RequireScope(Scope.ChatModerate);
    }

    private static async Task<Ok<ChatEmoteListResponse>> List(SiteEmotes emotes, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ChatEmoteListResponse([.. (await emotes.GetAsync(cancellationToken)).All.Select(ChatEmoteResponse.From)]));

    // The form is read here and not bound: nobody's megabyte is read before he may send it.
    private static async Task<Results<Created<ChatEmoteResponse>, ProblemHttpResult>> Add(
        HttpContext context, Caller caller, AddChatEmote addChatEmote, CancellationToken cancellationToken)
    {
        if (!ChatEmote.MayManage(caller))
        {
            return ChatFailures.EmoteNotAllowed.ToProblem();
        }

        return (await EmoteForm.ReadAsync(context, cancellationToken)).Failed(out var failure, out var form)
            || (await addChatEmote.RunAsync(form.Name, form.Picture, caller, cancellationToken)).Failed(out failure, out var emote)
            ? failure.ToProblem()
            : TypedResults.Created($"{ApiGroup.Prefix}/chat/emotes/{emote.Id}", ChatEmoteResponse.From(emote));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, Caller caller, DeleteChatEmote deleteChatEmote, CancellationToken cancellationToken) =>
        (await deleteChatEmote.RunAsync(new Id<ChatEmote>(id), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(_ => TypedResults.NoContent(), failure => failure.ToProblem());
}

/// <summary>A new emote.</summary>
/// <param name="Name">2 to 20 letters a to z, digits and underscores; upper and lower case are one name.</param>
/// <param name="Picture">PNG, WebP, GIF, JPEG or AVIF: at most 1 MB, 4096 pixels a side and 250 pictures.</param>
public sealed record ChatEmoteRequest(string Name, IFormFile Picture);

/// <summary>A picture of the site's own that stands for its name between colons.</summary>
/// <param name="Picture">What messages name the picture by; changes with what it shows.</param>
/// <param name="Images">The same in three sizes, the smallest first, as WebP.</param>
public sealed record ChatEmoteResponse(Guid Id, string Name, string Picture, bool IsAnimated, IReadOnlyList<ChatEmoteImageResponse> Images, DateTimeOffset CreatedAt)
{
    internal static ChatEmoteResponse From(ChatEmoteView emote) => new(
        emote.Id.Value,
        emote.Name,
        emote.Picture,
        emote.IsAnimated,
        [.. EmotePictures.Sizes.Order().Select(size => new ChatEmoteImageResponse(size, MediaUrls.Emote(emote.Picture, size)))],
        emote.CreatedAt);
}

/// <summary>A picture in one size.</summary>
/// <param name="Width">In pixels; it is as high.</param>
/// <param name="Url">Relative to the site; what is there never changes.</param>
public sealed record ChatEmoteImageResponse(int Width, string Url);

/// <summary>The site's own emotes, by name.</summary>
public sealed record ChatEmoteListResponse(IReadOnlyList<ChatEmoteResponse> Items);
