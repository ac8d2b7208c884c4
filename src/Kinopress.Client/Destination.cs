namespace Kinopress.Client;

/// <summary>Another service that lives are passed on to. Its stream key is never shown.</summary>
public sealed record Destination
{
    public required Guid Id { get; init; }

    /// <summary>The public id of the live it belongs to; null for every live of the channel.</summary>
    public string? Live { get; init; }

    public required string Name { get; init; }

    /// <summary>youTube, twitch, kick, facebook or custom; more may come.</summary>
    public required string Preset { get; init; }

    /// <summary>Of the server, without key.</summary>
    public required string Url { get; init; }

    public bool Enabled { get; init; }

    /// <summary>off, connecting, live, retrying or refused.</summary>
    public required string State { get; init; }

    /// <summary>What is wrong, as a stable word; null when nothing is.</summary>
    public string? Trouble { get; init; }

    /// <summary>The same in words for a person.</summary>
    public string? Message { get; init; }

    /// <summary>Only while it is to be tried again.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Pictures and pieces of sound left out because the service takes less than is sent.</summary>
    public long DroppedFrames { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Destinations, oldest first.</summary>
public sealed record DestinationList(IReadOnlyList<Destination> Items);

/// <summary>What a destination shall be, or become; null leaves a thing as it is.</summary>
public sealed record DestinationEdit
{
    /// <summary>The public id of the live it belongs to; null for every live of the channel. Only of a new one.</summary>
    public string? Live { get; init; }

    /// <summary>Null for the service's own name.</summary>
    public string? Name { get; init; }

    /// <summary>youtube, twitch, kick, facebook or custom.</summary>
    public string? Preset { get; init; }

    /// <summary>Empty for the service's own, as is null where the service is new.</summary>
    public string? Url { get; init; }

    public string? StreamKey { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Preset} {Name}";
}
