using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Channels;

/// <summary>A channel's name, address or description changed.</summary>
/// <param name="Handle">Its address from now on.</param>
public sealed record ChannelEdited(Guid ChannelId, string Handle) : SiteEvent
{
    public const string Name = "channel.edited";

    public override string Kind => Name;
}
