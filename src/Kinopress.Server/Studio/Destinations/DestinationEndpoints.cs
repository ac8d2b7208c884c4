using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Mvc;
using Read = Kinopress.Core.Features.Destinations.DestinationView;

namespace Kinopress.Server.Studio.Destinations;

/// <summary>The page on which one destination is changed.</summary>
internal static class DestinationEndpoints
{
    public static void MapDestinationPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/lives/{publicId}/destinations/{id:guid}", ShowAsync);
        studio.MapPost("/lives/{publicId}/destinations/{id:guid}", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(
        string publicId, Guid id, Caller caller, DestinationQueries destinations, LiveQueries lives, StudioFrames frames, CancellationToken cancellationToken) =>
        (await FindAsync(publicId, id, caller, destinations, lives, cancellationToken)).Failed(out _, out var destination)
            ? TypedResults.NotFound()
            : await DrawAsync(publicId, destination, FormOf(destination), destination.IsEnabled, failure: null, caller, frames, cancellationToken);

    private static async Task<IResult> SaveAsync(
        string publicId,
        Guid id,
        [FromForm] string? preset,
        [FromForm] string? name,
        [FromForm] string? url,
        [FromForm] string? streamKey,
        [FromForm] bool? enabled,
        Caller caller,
        EditDestination editDestination,
        DestinationQueries destinations,
        LiveQueries lives,
        StudioFrames frames,
        CancellationToken cancellationToken)
    {
        if ((await FindAsync(publicId, id, caller, destinations, lives, cancellationToken)).Failed(out _, out var before))
        {
            return TypedResults.NotFound();
        }

        var form = new DestinationForm(preset, name, url, before.LivePublicId is null);
        var edit = new DestinationEdit
        {
            Preset = preset,
            Name = string.IsNullOrWhiteSpace(name) ? OwnNameOf(preset) ?? "" : name,
            Url = AddressOf(form, before),
            StreamKey = streamKey,
            Enabled = enabled == true,
        };
        return (await editDestination.RunAsync(before.Id, edit, caller, cancellationToken)).Failed(out var failure)
            ? await DrawAsync(publicId, before, form, enabled == true, failure, caller, frames, cancellationToken)
            : StudioPages.Back(returnTo: null, $"/studio/lives/{publicId}/destinations", "saved", publicId: null);
    }

    /// <summary>One of those the page of this live lists.</summary>
    private static async Task<Result<Read>> FindAsync(
        string publicId, Guid id, Caller caller, DestinationQueries destinations, LiveQueries lives, CancellationToken cancellationToken)
    {
        if ((await lives.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live)
            || (await destinations.ListOfLiveAsync(live.PublicId, caller, cancellationToken)).Failed(out failure, out var listed))
        {
            return failure;
        }

        return listed.FirstOrDefault(candidate => candidate.Id.Value == id) is { } found ? found : DestinationFailures.NotFound;
    }

    // A service's own name and server are not repeated: where another service is chosen, its own take their place.
    private static DestinationForm FormOf(Read destination) => new(
        DestinationRows.PresetOf(destination.Preset),
        destination.Name == DestinationDetails.NameOf(destination.Preset) ? null : destination.Name,
        destination.Url == DestinationDetails.UrlOf(destination.Preset) ? null : destination.Url,
        destination.LivePublicId is null);

    private static string? OwnNameOf(string? preset) => Parse(preset) is { } known ? DestinationDetails.NameOf(known) : null;

    // Nor is the address of the service before meant for another one that has a server of its own.
    private static string? AddressOf(DestinationForm typed, Read before) =>
        Parse(typed.Preset) is { } preset && preset != before.Preset && typed.Url == before.Url && DestinationDetails.UrlOf(preset) is { } own ? own : typed.Url ?? "";

    private static DestinationPreset? Parse(string? preset) => Enum.TryParse<DestinationPreset>(preset, ignoreCase: true, out var parsed) ? parsed : null;

    private static async Task<IResult> DrawAsync(
        string livePublicId, Read destination, DestinationForm form, bool isEnabled, Failure? failure, Caller caller, StudioFrames frames, CancellationToken cancellationToken)
    {
        var view = new DestinationView(
            await frames.CreateAsync("lives", caller, cancellationToken),
            livePublicId,
            destination.Id.Value,
            destination.Name,
            destination.LivePublicId is null,
            form,
            isEnabled,
            DestinationRows.ErrorsOf(failure));
        return StudioPages.Show<DestinationPage>(view, failure is null ? StatusCodes.Status200OK : Failures.StatusOf(failure));
    }
}
