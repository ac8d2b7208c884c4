using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Destinations;

/// <summary>Where a live is passed on to: a page of its own, whose panel other pages include.</summary>
internal static class DestinationsEndpoints
{
    public static void MapDestinationPages(this RouteGroupBuilder studio)
    {
        studio.MapGet("/lives/{publicId}/destinations", ShowAsync);
        studio.MapPost("/lives/{publicId}/destinations", AddAsync);
        studio.MapPost("/lives/{publicId}/destinations/{id:guid}/enable", EnableAsync);
        studio.MapPost("/lives/{publicId}/destinations/{id:guid}/disable", DisableAsync);
        studio.MapPost("/lives/{publicId}/destinations/{id:guid}/delete", DeleteAsync);
    }

    private static Task<IResult> ShowAsync(string publicId, Caller caller, LiveQueries lives, StudioFrames frames, CancellationToken cancellationToken) =>
        DrawAsync(publicId, new DestinationForm(Preset: null, Name: null, Url: null, EveryLive: false), failure: null, caller, lives, frames, cancellationToken);

    private static async Task<IResult> AddAsync(
        string publicId,
        [FromForm] string? preset,
        [FromForm] string? name,
        [FromForm] string? url,
        [FromForm] string? streamKey,
        [FromForm] bool? everyLive,
        Caller caller,
        AddDestination addDestination,
        LiveQueries lives,
        StudioFrames frames,
        CancellationToken cancellationToken)
    {
        var edit = new DestinationEdit { Live = everyLive == true ? null : publicId, Preset = preset, Name = string.IsNullOrWhiteSpace(name) ? null : name, Url = url, StreamKey = streamKey };
        return (await addDestination.RunAsync(edit, caller, cancellationToken)).Failed(out var failure)
            ? await DrawAsync(publicId, new DestinationForm(preset, name, url, everyLive == true), failure, caller, lives, frames, cancellationToken)
            : Back(publicId, "saved");
    }

    private static Task<IResult> EnableAsync(string publicId, Guid id, Caller caller, EnableDestination enableDestination, CancellationToken cancellationToken) =>
        SwitchAsync(publicId, id, isEnabled: true, caller, enableDestination, cancellationToken);

    private static Task<IResult> DisableAsync(string publicId, Guid id, Caller caller, EnableDestination enableDestination, CancellationToken cancellationToken) =>
        SwitchAsync(publicId, id, isEnabled: false, caller, enableDestination, cancellationToken);

    private static async Task<IResult> SwitchAsync(string publicId, Guid id, bool isEnabled, Caller caller, EnableDestination enableDestination, CancellationToken cancellationToken) =>
        Answer((await enableDestination.RunAsync(new Id<Destination>(id), isEnabled, caller, cancellationToken)).Match<Failure?>(_ => null, failure => failure), publicId);

    private static async Task<IResult> DeleteAsync(string publicId, Guid id, Caller caller, DeleteDestination deleteDestination, CancellationToken cancellationToken) =>
        Answer((await deleteDestination.RunAsync(new Id<Destination>(id), caller, cancellationToken)).Match<Failure?>(_ => null, failure => failure), publicId);

    private static IResult Answer(Failure? failure, string publicId) => failure?.Kind == FailureKind.NotFound ? TypedResults.NotFound() : Back(publicId, failure is null ? "saved" : "failed");

    private static RedirectHttpResult Back(string publicId, string done) => StudioPages.Back(returnTo: null, $"/studio/lives/{publicId}/destinations", done, publicId: null);

    private static async Task<IResult> DrawAsync(
        string publicId, DestinationForm form, Failure? failure, Caller caller, LiveQueries lives, StudioFrames frames, CancellationToken cancellationToken)
    {
        if ((await lives.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var live))
        {
            return TypedResults.NotFound();
        }

        var view = new DestinationsView(await frames.CreateAsync("lives", caller, cancellationToken), live.PublicId, live.Title, form, DestinationRows.ErrorsOf(failure));
        return StudioPages.Show<DestinationsPage>(view, failure is null ? StatusCodes.Status200OK : Failures.StatusOf(failure));
    }
}
