using System.Globalization;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Lives;

/// <summary>The list of lives, the form of a new one and the control room.</summary>
internal static class LivePagesEndpoints
{
    private const string List = "/studio/lives";

    public static void MapLivePages(this RouteGroupBuilder studio)
    {
        studio.MapGet("/lives", ListAsync);
        studio.MapGet("/lives/new", NewAsync);
        studio.MapPost("/lives/new", CreateAsync);
        studio.MapGet("/lives/{publicId}", ShowAsync);
        studio.MapPost("/lives/{publicId}", SaveAsync);
        studio.MapPost("/lives/{publicId}/key", RotateAsync);
        studio.MapPost("/lives/{publicId}/end", EndAsync);
        studio.MapPost("/lives/{publicId}/markers", MarkAsync);
        studio.MapPost("/lives/{publicId}/delete", DeleteAsync);
        studio.MapPost("/lives/{publicId}/restore", RestoreAsync);
    }

    private static async Task<IResult> ListAsync(string? tab, string? cursor, Caller caller, LiveQueries lives, LiveViews views, CancellationToken cancellationToken)
    {
        var isTrash = tab == "trash";
        var page = await lives.ListManagedAsync(isTrash ? ManagedLiveFilter.Trash : ManagedLiveFilter.All, PageRequest.From(limit: null, cursor), caller, cancellationToken);
        var counts = await lives.CountManagedAsync(caller, cancellationToken);
        return StudioPages.Show<LivesPage>(await views.ListAsync(isTrash, page, counts, caller, cancellationToken));
    }

    private static async Task<IResult> NewAsync(Caller caller, LiveViews views, CancellationToken cancellationToken) =>
        StudioPages.Show<NewLivePage>(await views.NewAsync(form: null, failure: null, caller, cancellationToken));

    private static async Task<IResult> CreateAsync(
        [AsParameters] LiveFormFields form, Caller caller, CreateLive createLive, LiveViews views, ShownOnce shownOnce, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await createLive.RunAsync(form.ToEdit(), caller, cancellationToken)).Failed(out var failure, out var made))
        {
            return StudioPages.Show<NewLivePage>(await views.NewAsync(form, failure, caller, cancellationToken), Failures.StatusOf(failure));
        }

        var page = $"{List}/{made.PublicId}";
        shownOnce.Keep(context, page, made.StreamKey);
        return TypedResults.LocalRedirect(page); // what it shows first is the key: nothing shall cover that
    }

    private static async Task<IResult> ShowAsync(
        string publicId, Caller caller, LiveQueries lives, LiveViews views, ShownOnce shownOnce, HttpContext context, CancellationToken cancellationToken)
    {
        var key = shownOnce.Take(context, $"{List}/{publicId}");
        return await DrawAsync(publicId, new LivePageState { StreamKey = key }, StatusCodes.Status200OK, caller, lives, views, cancellationToken);
    }

    private static async Task<IResult> SaveAsync(
        string publicId, [AsParameters] LiveFormFields form, Caller caller, EditLive editLive, LiveQueries lives, LiveViews views, CancellationToken cancellationToken) =>
        (await editLive.RunAsync(publicId, form.ToEdit(), revision: null, caller, cancellationToken)).Failed(out var failure)
            ? await DrawAsync(publicId, new LivePageState { Form = form, Failure = failure }, Failures.StatusOf(failure), caller, lives, views, cancellationToken)
            : StudioPages.Back(returnTo: null, $"{List}/{publicId}", "saved", publicId: null);

    private static async Task<IResult> RotateAsync(
        string publicId, [FromForm] string? returnTo, Caller caller, RotateStreamKey rotateStreamKey, ShownOnce shownOnce, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await rotateStreamKey.RunAsync(publicId, caller, cancellationToken)).Failed(out _, out var issued))
        {
            return TypedResults.NotFound();
        }

        var page = $"{List}/{publicId}";
        shownOnce.Keep(context, page, issued.StreamKey);
        return TypedResults.LocalRedirect(page);
    }

    private static async Task<IResult> EndAsync(string publicId, [FromForm] string? returnTo, Caller caller, EndLive endLive, CancellationToken cancellationToken) =>
        Answer(await endLive.RunAsync(publicId, caller, cancellationToken), publicId, returnTo, "live-ended");

    private static async Task<IResult> MarkAsync(
        string publicId, [FromForm] string? markerTitle, [FromForm] string? offsetMs, Caller caller, AddLiveMarker addLiveMarker, LiveQueries lives, LiveViews views, CancellationToken cancellationToken)
    {
        // The page says when the first letter was typed. Where its clock is wrong, the moment is that of the button.
        TimeSpan? noted = int.TryParse(offsetMs, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;
        var marked = await addLiveMarker.RunAsync(publicId, markerTitle, noted, caller, cancellationToken);
        if (noted is not null && marked.Failed(out var early) && early.Fields?.ContainsKey("offsetMs") == true)
        {
            marked = await addLiveMarker.RunAsync(publicId, markerTitle, offset: null, caller, cancellationToken);
        }

        return marked.Failed(out var failure)
            ? await DrawAsync(publicId, new LivePageState { MarkerFailure = failure }, Failures.StatusOf(failure), caller, lives, views, cancellationToken)
            : StudioPages.Back(returnTo: null, $"{List}/{publicId}", "marked", publicId: null);
    }

    private static async Task<IResult> DeleteAsync(string publicId, [FromForm] string? returnTo, Caller caller, DeleteLive deleteLive, CancellationToken cancellationToken) =>
        Answer(await deleteLive.RunAsync(publicId, caller, cancellationToken), publicId, returnTo ?? List, "live-deleted");

    private static async Task<IResult> RestoreAsync(string publicId, [FromForm] string? returnTo, Caller caller, RestoreLive restoreLive, CancellationToken cancellationToken) =>
        Answer(await restoreLive.RunAsync(publicId, caller, cancellationToken), publicId, returnTo, "restored");

    private static async Task<IResult> DrawAsync(
        string publicId, LivePageState state, int status, Caller caller, LiveQueries lives, LiveViews views, CancellationToken cancellationToken) =>
        (await lives.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var live) || live.DeletedAt is not null
            ? TypedResults.NotFound()
            : StudioPages.Show<LivePage>(await views.PageAsync(live, state, caller, cancellationToken), status);

    private static IResult Answer(Result<Live> result, string publicId, string? returnTo, string done)
    {
        var page = $"{List}/{publicId}";
        return result.Failed(out var failure)
            ? failure.Kind == FailureKind.NotFound ? TypedResults.NotFound() : StudioPages.Back(page, page, failure == LiveFailures.OnAir ? "live-on-air" : "failed", publicId: null)
            : StudioPages.Back(returnTo, page, done, publicId);
    }
}
