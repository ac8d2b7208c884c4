using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class DestinationsApi
{
    public static void MapDestinations(this RouteGroupBuilder api)
    {
        var destinations = api.MapGroup("/destinations").WithTags("Destinations").RequireScope(Scope.LiveManage);
        destinations.MapGet("", List).WithName("listDestinations").WithSummary("Services your lives are passed on to, oldest first: all of them, or with live= those of one live and its channel");
        destinations.MapPost("", Add).WithName("addDestination").WithSummary("Pass a live, or every live of your channel, on to another service");
        destinations.MapGet("/{id:guid}", Get).WithName("getDestination").WithSummary("A destination and how sending to it goes");
        destinations.MapPatch("/{id:guid}", Edit).WithName("editDestination").WithSummary("Change a destination's name, address or stream key");
        destinations.MapDelete("/{id:guid}", Delete).WithName("deleteDestination").WithSummary("End passing on there, and forget its key");
        destinations.MapPut("/{id:guid}/activation", Enable).WithName("enableDestination").WithSummary("Switch a destination on; one that refused is tried again");
        destinations.MapDelete("/{id:guid}/activation", Disable).WithName("disableDestination").WithSummary("Switch a destination off, at once");
    }

    private static async Task<Results<Ok<DestinationListResponse>, ProblemHttpResult>> List(
        string? live, Caller caller, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(live))
        {
            return TypedResults.Ok(Answer(await destinations.ListManagedAsync(caller, cancellationToken), board));
        }

        return (await destinations.ListOfLiveAsync(live, caller, cancellationToken)).Match<Results<Ok<DestinationListResponse>, ProblemHttpResult>>(
            views => TypedResults.Ok(Answer(views, board)), failure => failure.ToProblem());
    }

    private static async Task<Results<Created<DestinationResponse>, ProblemHttpResult>> Add(
        DestinationEdit body, Caller caller, AddDestination addDestination, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        (await addDestination.RunAsync(body, caller, cancellationToken)).Failed(out var failure, out var added)
            || (await destinations.GetAsync(added.Id, caller, cancellationToken)).Failed(out failure, out var view)
            ? failure.ToProblem()
            : TypedResults.Created($"{ApiGroup.Prefix}/destinations/{view.Id}", DestinationResponse.From(view, board));

    private static async Task<Results<Ok<DestinationResponse>, ProblemHttpResult>> Get(
        Guid id, Caller caller, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        (await destinations.GetAsync(new Id<Destination>(id), caller, cancellationToken)).Match<Results<Ok<DestinationResponse>, ProblemHttpResult>>(
            view => TypedResults.Ok(DestinationResponse.From(view, board)), failure => failure.ToProblem());

    private static async Task<Results<Ok<DestinationResponse>, ProblemHttpResult>> Edit(
        Guid id, DestinationEdit body, Caller caller, EditDestination editDestination, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        (await editDestination.RunAsync(new Id<Destination>(id), body, caller, cancellationToken)).Failed(out var failure)
            ? failure.ToProblem()
            : await Get(id, caller, destinations, board, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, Caller caller, DeleteDestination deleteDestination, CancellationToken cancellationToken) =>
        (await deleteDestination.RunAsync(new Id<Destination>(id), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static Task<Results<Ok<DestinationResponse>, ProblemHttpResult>> Enable(
        Guid id, Caller caller, EnableDestination enableDestination, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        SwitchAsync(id, isEnabled: true, caller, enableDestination, destinations, board, cancellationToken);

    private static Task<Results<Ok<DestinationResponse>, ProblemHttpResult>> Disable(
        Guid id, Caller caller, EnableDestination enableDestination, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        SwitchAsync(id, isEnabled: false, caller, enableDestination, destinations, board, cancellationToken);

    private static async Task<Results<Ok<DestinationResponse>, ProblemHttpResult>> SwitchAsync(
        Guid id, bool isEnabled, Caller caller, EnableDestination enableDestination, DestinationQueries destinations, DestinationBoard board, CancellationToken cancellationToken) =>
        (await enableDestination.RunAsync(new Id<Destination>(id), isEnabled, caller, cancellationToken)).Failed(out var failure)
            ? failure.ToProblem()
            : await Get(id, caller, destinations, board, cancellationToken);

    private static DestinationListResponse Answer(IReadOnlyList<DestinationView> views, DestinationBoard board) => new([.. views.Select(view => DestinationResponse.From(view, board))]);
}

/// <summary>Another service that lives are passed on to. Its stream key is never shown.</summary>
/// <param name="Live">The public id of the live it belongs to; null for every live of the channel.</param>
/// <param name="Preset">youTube, twitch, kick, facebook or custom.</param>
/// <param name="Url">Of the server, without key.</param>
/// <param name="State">off (switched off, or nothing is on air), connecting, live, retrying or refused (not tried again until something is changed).</param>
/// <param name="Trouble">What is wrong, as a stable word; null when nothing is.</param>
/// <param name="Message">The same in words for a person.</param>
/// <param name="NextTryAt">Only while it is to be tried again.</param>
/// <param name="DroppedFrames">Pictures and pieces of sound left out because the service takes less than is sent.</param>
public sealed record DestinationResponse(
    Guid Id,
    string? Live,
    string Name,
    DestinationPreset Preset,
    string Url,
    bool Enabled,
    DestinationState State,
    DestinationTrouble? Trouble,
    string? Message,
    DateTimeOffset? NextTryAt,
    long DroppedFrames,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static DestinationResponse From(DestinationView view, DestinationBoard board)
    {
        var status = board.Of(view.Id);
        return new DestinationResponse(
            view.Id.Value,
            view.LivePublicId,
            view.Name,
            view.Preset,
            view.Url,
            view.IsEnabled,
            status.State,
            status.Trouble,
            status.Trouble is { } trouble ? DestinationTroubles.Describe(trouble) : null,
            status.NextTryAt,
            status.DroppedFrames,
            view.CreatedAt,
            view.UpdatedAt);
    }
}

/// <summary>Destinations.</summary>
public sealed record DestinationListResponse(IReadOnlyList<DestinationResponse> Items);
