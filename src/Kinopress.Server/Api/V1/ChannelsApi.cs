using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class ChannelsApi
{
    public static void MapChannels(this RouteGroupBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Channels");
        channels.MapGet("/{handle}", Get).WithName("getChannel").WithSummary("A channel");
        channels.MapPatch("/{handle}", Edit).WithName("editChannel").WithSummary("Change a channel's name, address and description").RequireScope(Scope.AccountManage);
    }

    private static async Task<Results<Ok<ChannelResponse>, ProblemHttpResult>> Get(string handle, ChannelQueries channels, CancellationToken cancellationToken) =>
        await channels.FindByHandleAsync(handle, cancellationToken) is { } channel
            ? TypedResults.Ok(ChannelResponse.From(channel))
            : ChannelFailures.NotFound.ToProblem();

    private static async Task<Results<Ok<ChannelResponse>, ProblemHttpResult>> Edit(
        string handle, ChannelEdit body, Caller caller, EditChannel editChannel, CancellationToken cancellationToken) =>
        (await editChannel.RunAsync(handle, body, caller, cancellationToken)).Match<Results<Ok<ChannelResponse>, ProblemHttpResult>>(
            channel => TypedResults.Ok(ChannelResponse.From(channel)),
            failure => failure.ToProblem());
}

/// <summary>Who publishes.</summary>
/// <param name="Handle">Its name in addresses. It may change; the former one leads nowhere then.</param>
/// <param name="Description">Plain text with line breaks; null when nothing has been written.</param>
public sealed record ChannelResponse(string Handle, string Name, string Url, string? Description)
{
    internal static ChannelResponse From(ChannelView channel) => new(channel.Handle, channel.Name, MediaUrls.Channel(channel.Handle), channel.Description);
}
