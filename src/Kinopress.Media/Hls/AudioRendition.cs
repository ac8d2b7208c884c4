namespace Kinopress.Media.Hls;

/// <summary>One sound track that a viewer may choose (RFC 8216 §4.3.4.1).</summary>
public sealed record AudioRendition
{
    public required string Group { get; init; }

    /// <summary>What a viewer reads. Made unique within the group when written.</summary>
    public required string Name { get; init; }

    /// <summary>RFC 5646; left out when it has another form.</summary>
    public string? Language { get; init; }

    /// <summary>The first of a group that says so is the default.</summary>
    public required bool IsDefault { get; init; }

    public required string Location { get; init; }

    /// <summary>Left out when zero.</summary>
    public int Channels { get; init; }
}
