using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Studio.Chat;

/// <summary>The site's own emotes: list, add, delete. Not there for who may not manage them.</summary>
internal static class EmotesEndpoints
{
    private const string Page = "/studio/chat/emotes";
    private const int ShownSize = 56;

    public static void MapEmotesPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/chat/emotes", ShowAsync);
        studio.MapPost("/chat/emotes", (Delegate)AddAsync).DisableAntiforgery(); // it checks the token itself, once it knows that the caller may send a picture
        studio.MapPost("/chat/emotes/{id:guid}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(string? live, Caller caller, ChatEmoteQueries emotes, StudioFrames frames, CancellationToken cancellationToken) =>
        ChatEmote.MayManage(caller) ? await DrawAsync(live, name: null, failure: null, caller, emotes, frames, cancellationToken) : TypedResults.NotFound();

    private static async Task<IResult> AddAsync(
        HttpContext context, string? live, Caller caller, AddChatEmote addChatEmote, ChatEmoteQueries emotes, StudioFrames frames, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (!ChatEmote.MayManage(caller))
        {
            return TypedResults.NotFound();
        }

        if ((await EmoteForm.ReadAsync(context, cancellationToken)).Failed(out var failure, out var form))
        {
            return await DrawAsync(live, name: null, failure, caller, emotes, frames, cancellationToken);
        }

        if (!await IsTrustedAsync(form, context, antiforgery))
        {
            return await DrawAsync(live, form.Name, Failures.AntiforgeryInvalid, caller, emotes, frames, cancellationToken);
        }

        // A browser sends an empty file for a field in which nothing was chosen.
        return (await addChatEmote.RunAsync(form.Name, form.Picture, caller, cancellationToken)).Failed(out failure)
            ? await DrawAsync(live, form.Name, failure, caller, emotes, frames, cancellationToken)
            : Back(live, "emote-added");
    }

    private static async Task<IResult> DeleteAsync(Guid id, string? live, Caller caller, DeleteChatEmote deleteChatEmote, CancellationToken cancellationToken)
    {
        if (!ChatEmote.MayManage(caller))
        {
            return TypedResults.NotFound();
        }

        // What somebody else deleted meanwhile is gone, as was asked for.
        await deleteChatEmote.RunAsync(new Id<ChatEmote>(id), caller, cancellationToken);
        return Back(live, "emote-deleted");
    }

    private static async Task<bool> IsTrustedAsync(EmoteForm form, HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetTokens(context);
        if (tokens.HeaderName is null || form.Fields.GetValueOrDefault(tokens.FormFieldName) is not { } token)
        {
            return false;
        }

        context.Request.Headers[tokens.HeaderName] = token;
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static async Task<IResult> DrawAsync(
        string? live, string? name, Failure? failure, Caller caller, ChatEmoteQueries emotes, StudioFrames frames, CancellationToken cancellationToken)
    {
        var view = new EmotesView(
            await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
            LiveOf(live),
            name,
            ErrorsOf(failure),
            [.. (await emotes.ListAsync(cancellationToken)).Select(RowOf)]);
        return StudioPages.Show<EmotesPage>(view, failure is null ? StatusCodes.Status200OK : Failures.StatusOf(failure));
    }

    private static EmoteRow RowOf(ChatEmoteView emote) =>
        new(emote.Id.Value, emote.Name, MediaUrls.Emote(emote.Picture, ShownSize), MediaUrls.Emote(emote.Picture, 2 * ShownSize), emote.IsAnimated);

    private static IReadOnlyDictionary<string, string> ErrorsOf(Failure? failure) => failure is null
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : failure.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = failure.Message };

    private static RedirectHttpResult Back(string? live, string done) =>
        StudioPages.Back(returnTo: null, LiveOf(live) is { } known ? $"{Page}?live={known}" : Page, done, publicId: null);

    private static string? LiveOf(string? live) => PublicId.IsWellFormed(live) ? live : null;
}
