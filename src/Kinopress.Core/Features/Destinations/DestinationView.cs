using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>A destination made for reading. Never holds its stream key.</summary>
/// <param name="LivePublicId">Null for every live of its channel.</param>
public sealed record DestinationView(
    Id<Destination> Id,
    string? LivePublicId,
    string Name,
    DestinationPreset Preset,
    string Url,
    bool IsEnabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A live and a destination it has to be sent to.</summary>
/// <param name="Revision">Another one means that sending starts anew.</param>
public sealed record WantedDestination(Id<Live> LiveId, Id<Destination> Id, int Revision);

/// <summary>Where to send a live: for whoever sends it, and for nobody else.</summary>
/// <param name="StreamKey">A secret. Null when it cannot be opened any more: the site's keys are not those it was sealed with.</param>
/// <param name="Revision">Another one means that sending starts anew.</param>
public sealed record DestinationTarget(Id<Destination> Id, int Revision, string Url, string? StreamKey)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Id}";
}
