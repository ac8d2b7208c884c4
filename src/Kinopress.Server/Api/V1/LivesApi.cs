using System.Globalization;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Api.V1;

internal static class LivesApi
{
    public static void MapLives(this RouteGroupBuilder api)
    {
        var lives = api.MapGroup("/lives").WithTags("Lives");
        lives.MapGet("", List).WithName("listLives").WithSummary("List lives: what is on air and what is planned, or with mine=true what you manage");
        lives.MapPost("", Create).WithName("createLive").WithSummary("Make a live; its stream key is shown only in this answer").RequireScope(Scope.LiveManage);
        lives.MapGet("/{publicId}", Get).WithName("getLive").WithSummary("A live, its state and how to watch it; with changedFrom as soon as its state is another, at the latest after 25 seconds");
        lives.MapPatch("/{publicId}", Edit).WithName("editLive").WithSummary("Change a live's words, audience, plan and settings").RequireScope(Scope.LiveManage);
        lives.MapDelete("/{publicId}", Delete).WithName("deleteLive").WithSummary("Move a live to the trash, where it stays for thirty days").RequireScope(Scope.LiveManage);
        lives.MapPut("/{publicId}/restoration", Restore).WithName("restoreLive").WithSummary("Take a live back from the trash").RequireScope(Scope.LiveManage);
        lives.MapPost("/{publicId}/stream-key", Rotate).WithName("rotateStreamKey").WithSummary("Make a new stream key; the one before opens nothing any more").RequireScope(Scope.LiveManage);
        lives.MapPost("/{publicId}/browser-ticket", IssueTicket).WithName("createBroadcastTicket").WithSummary("Let a page send this live: a one-time ticket, good for a minute, for the WebSocket at /ingest/live").RequireScope(Scope.LiveManage);
        lives.MapLiveClips();
        lives.MapDelete("/{publicId}/broadcast", End).WithName("endLive").WithSummary("Take a live off the air").RequireScope(Scope.LiveManage);
        lives.MapPost("/{publicId}/markers", Mark).WithName("addLiveMarker").WithSummary("Mark a moment of a live on air; its replay gets a chapter there").RequireScope(Scope.LiveManage);
        lives.MapGet("/{publicId}/sessions", ListSessions).WithName("listLiveSessions").WithSummary("The times a live was on air, newest first").RequireScope(Scope.LiveManage);
    }

    private static async Task<Results<Ok<LiveListResponse>, ProblemHttpResult>> List(
        int? limit,
        string? cursor,
        string? channel,
        bool? mine,
        string? status,
        Caller caller,
        LiveQueries lives,
        LiveResponses responses,
        CancellationToken cancellationToken)
    {
        var page = PageRequest.From(limit, cursor);
        if (mine is not true)
        {
            return TypedResults.Ok(responses.From(await lives.ListPublicAsync(Text.SingleLine(channel, 100), page, cancellationToken)));
        }

        if (!caller.IsSignedIn)
        {
            return AccountFailures.SignInRequired.ToProblem();
        }

        if (!caller.HasScope(Scope.LiveManage))
        {
            return Failures.ScopeMissing(Scope.LiveManage).ToProblem();
        }

        return FilterOf(status) is { } filter
            ? TypedResults.Ok(responses.From(await lives.ListManagedAsync(filter, page, caller, cancellationToken)))
            : LiveFailures.StatusUnknown.ToProblem();
    }

    private static async Task<Results<Created<LiveResponse>, ProblemHttpResult>> Create(
        LiveEdit body, Caller caller, CreateLive createLive, LiveQueries lives, LiveResponses responses, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await createLive.RunAsync(body, caller, cancellationToken)).Failed(out var failure, out var made)
            || (await lives.GetManagedAsync(made.PublicId, caller, cancellationToken)).Failed(out failure, out var live))
        {
            return failure.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(live.Revision);
        return TypedResults.Created($"{ApiGroup.Prefix}/lives/{live.PublicId}", responses.From(live, made.StreamKey));
    }

    private static async Task<Results<Ok<LiveResponse>, ProblemHttpResult>> Get(
        string publicId, string? changedFrom, Caller caller, LiveQueries lives, StrangersLives known, LiveNews news, LiveResponses responses, HttpContext context, CancellationToken cancellationToken)
    {
        var state = LiveState.Idle;
        if (changedFrom is not null && !(Enum.TryParse(changedFrom, ignoreCase: true, out state) && string.Equals(state.ToString(), changedFrom, StringComparison.OrdinalIgnoreCase)))
        {
            return Failures.BadRequest.ToProblem(); // asking for a state that does not exist would be answered at once, again and again
        }

        var found = await ReadAsync();
        if (changedFrom is not null && !found.Failed(out _, out var before) && before.State == state)
        {
            await news.WaitAsync(publicId, state, context.Connection.RemoteIpAddress, cancellationToken);
            found = await ReadAsync();
        }

        if (found.Failed(out var failure, out var live))
        {
            return failure.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(live.Revision);
        return TypedResults.Ok(responses.From(live));

        async Task<Result<LiveView>> ReadAsync() =>
            caller.IsSignedIn ? await lives.GetAsync(publicId, caller, cancellationToken) : await known.GetAsync(publicId, cancellationToken);
    }

    private static async Task<Results<Ok<LiveResponse>, ProblemHttpResult>> Edit(
        string publicId,
        LiveEdit body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        Caller caller,
        EditLive editLive,
        LiveQueries lives,
        LiveResponses responses,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var edited = await editLive.RunAsync(publicId, body, EntityTag.RevisionOf(ifMatch), caller, cancellationToken);
        return await AnswerAsync(edited, caller, lives, responses, context, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string publicId, Caller caller, DeleteLive deleteLive, CancellationToken cancellationToken) =>
        (await deleteLive.RunAsync(publicId, caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Results<Ok<LiveResponse>, ProblemHttpResult>> Restore(
        string publicId, Caller caller, RestoreLive restoreLive, LiveQueries lives, LiveResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await restoreLive.RunAsync(publicId, caller, cancellationToken), caller, lives, responses, context, cancellationToken);

    private static async Task<Results<Ok<LiveIngestResponse>, ProblemHttpResult>> Rotate(
        string publicId, Caller caller, RotateStreamKey rotateStreamKey, Host.Media.IngestAddress ingest, CancellationToken cancellationToken) =>
        (await rotateStreamKey.RunAsync(publicId, caller, cancellationToken)).Match<Results<Ok<LiveIngestResponse>, ProblemHttpResult>>(
            issued => TypedResults.Ok(new LiveIngestResponse(ingest.Find(), issued.StreamKey)), failure => failure.ToProblem());

    private static async Task<Results<Ok<BroadcastTicketResponse>, ProblemHttpResult>> IssueTicket(
        string publicId, string? format, Caller caller, CreateBroadcastTicket createTicket, CancellationToken cancellationToken)
    {
        if (BroadcastFormats.Find(format) is not { } known)
        {
            return LiveFailures.FormatUnknown.ToProblem();
        }

        return (await createTicket.RunAsync(publicId, known, caller, cancellationToken)).Match<Results<Ok<BroadcastTicketResponse>, ProblemHttpResult>>(
            issued => TypedResults.Ok(new BroadcastTicketResponse(issued.Ticket, issued.ExpiresAt)), failure => failure.ToProblem());
    }

    private static async Task<Results<Ok<LiveResponse>, ProblemHttpResult>> End(
        string publicId, Caller caller, EndLive endLive, LiveQueries lives, LiveResponses responses, HttpContext context, CancellationToken cancellationToken) =>
        await AnswerAsync(await endLive.RunAsync(publicId, caller, cancellationToken), caller, lives, responses, context, cancellationToken);

    private static async Task<Results<Created<LiveMarkerResponse>, ProblemHttpResult>> Mark(
        string publicId, LiveMarkerRequest body, Caller caller, AddLiveMarker addLiveMarker, CancellationToken cancellationToken)
    {
        var marked = await addLiveMarker.RunAsync(publicId, body.Title, body.Offset, caller, cancellationToken);
        return marked.Match<Results<Created<LiveMarkerResponse>, ProblemHttpResult>>(
            marker => TypedResults.Created($"{ApiGroup.Prefix}/lives/{publicId}/sessions", new LiveMarkerResponse(marker.OffsetInMilliseconds, marker.Title)),
            failure => failure.ToProblem());
    }

    private static async Task<Results<Ok<LiveSessionListResponse>, ProblemHttpResult>> ListSessions(
        string publicId, int? limit, string? cursor, Caller caller, LiveSessionQueries sessions, CancellationToken cancellationToken) =>
        (await sessions.ListAsync(publicId, PageRequest.From(limit, cursor), caller, cancellationToken)).Match<Results<Ok<LiveSessionListResponse>, ProblemHttpResult>>(
            page => TypedResults.Ok(LiveResponses.From(page)), failure => failure.ToProblem());

    private static async Task<Results<Ok<LiveResponse>, ProblemHttpResult>> AnswerAsync(
        Result<Live> result, Caller caller, LiveQueries lives, LiveResponses responses, HttpContext context, CancellationToken cancellationToken)
    {
        if (result.Failed(out var refused, out var live)
            || (await lives.GetManagedAsync(live.PublicId, caller, cancellationToken)).Failed(out refused, out var view))
        {
            return refused.ToProblem();
        }

        context.Response.Headers.ETag = EntityTag.Of(view.Revision);
        return TypedResults.Ok(responses.From(view));
    }

    private static ManagedLiveFilter? FilterOf(string? status) => status switch
    {
        null or "" or "all" => ManagedLiveFilter.All,
        "trash" => ManagedLiveFilter.Trash,
        _ => null,
    };
}

/// <summary>A moment to mark.</summary>
/// <param name="OffsetMs">Milliseconds since the session started; null means now.</param>
public sealed record LiveMarkerRequest(string? Title, long? OffsetMs)
{
    // Beyond a week it is refused as a moment that has not been on air, whatever the number.
    internal TimeSpan? Offset => OffsetMs is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -1, 7L * 24 * 60 * 60 * 1000)) : null;
}
