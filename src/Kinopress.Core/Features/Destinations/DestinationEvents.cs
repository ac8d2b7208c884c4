using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Destinations;

/// <summary>What every event about a destination says: which one.</summary>
public abstract record DestinationEvent(Guid DestinationId) : SiteEvent;

/// <summary>Lives are passed on to one service more.</summary>
public sealed record DestinationAdded(Guid DestinationId) : DestinationEvent(DestinationId)
{
    public const string Name = "destination.added";

    public override string Kind => Name;
}

/// <summary>A destination's address, key or name changed, or it was switched on or off.</summary>
public sealed record DestinationEdited(Guid DestinationId) : DestinationEvent(DestinationId)
{
    public const string Name = "destination.edited";

    public override string Kind => Name;
}

/// <summary>Nothing is passed on there any more.</summary>
public sealed record DestinationDeleted(Guid DestinationId) : DestinationEvent(DestinationId)
{
    public const string Name = "destination.deleted";

    public override string Kind => Name;
}
