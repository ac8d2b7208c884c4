using Kinopress.Core.Features.Channels;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Channel;

/// <summary>The channel of whoever works in Studio.</summary>
internal static class ChannelEndpoints
{
    public static void MapChannelPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/channel", ShowAsync);
        studio.MapPost("/channel/{handle}", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(Caller caller, ChannelQueries channels, StudioFrames frames, HttpContext context, CancellationToken cancellationToken)
    {
        var frame = await frames.CreateAsync(StudioArea.Channel, caller, cancellationToken);
        var own = await channels.ListOwnedAsync(caller, cancellationToken) is [var first, ..] ? first : null;
        return StudioPages.Show<ChannelPage>(new ChannelView(
            frame, own?.Handle, AddressOf(context), own?.Name ?? "", own?.Handle ?? "", own?.Description ?? "", new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private static async Task<IResult> SaveAsync(
        string handle,
        [FromForm(Name = "name")] string? name,
        [FromForm(Name = "handle")] string? wanted,
        [FromForm(Name = "description")] string? description,
        Caller caller,
        EditChannel editChannel,
        StudioFrames frames,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var edit = new ChannelEdit(name ?? "", wanted ?? "", description ?? "");
        if (!(await editChannel.RunAsync(handle, edit, caller, cancellationToken)).Failed(out var failure))
        {
            return StudioPages.Back(returnTo: null, "/studio/channel", "saved", publicId: null);
        }

        if (failure.Fields is not { } errors)
        {
            return TypedResults.NotFound();
        }

        var frame = await frames.CreateAsync(StudioArea.Channel, caller, cancellationToken);
        return StudioPages.Show<ChannelPage>(
            new ChannelView(frame, handle, AddressOf(context), edit.Name ?? "", edit.Handle ?? "", edit.Description ?? "", errors), Failures.StatusOf(failure));
    }

    private static string AddressOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{MediaUrls.Channel("")}";
}
