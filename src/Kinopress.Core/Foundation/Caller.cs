namespace Kinopress.Core.Foundation;

/// <summary>Who asks: a signed-in person, a token acting for one, or a stranger. Passed to every use case and query.</summary>
/// <param name="UserId">Null for a stranger.</param>
/// <param name="Capabilities">What the person's role allows.</param>
/// <param name="Scopes">What an access token narrows it to; null when no token is involved.</param>
public sealed record Caller(Guid? UserId, IReadOnlySet<Capability> Capabilities, IReadOnlySet<string>? Scopes)
{
    public static Caller Stranger { get; } = new(null, new HashSet<Capability>(), null);

    /// <summary>When the access token ends; null when it does not, or when none is involved.</summary>
    public DateTimeOffset? ScopesEndAt { get; init; }

    public bool IsSignedIn => UserId is not null;

    public bool May(Capability capability) => Capabilities.Contains(capability);

    /// <summary>True when no token is involved, or the token carries <paramref name="scope"/>.</summary>
    public bool HasScope(string scope) => Scopes is null || Scopes.Contains(scope);

    /// <summary>True for the owner of a thing and for whoever may manage everybody's.</summary>
    public bool Owns(Guid ownerId, Capability own, Capability any) => May(any) || (May(own) && UserId == ownerId);
}
