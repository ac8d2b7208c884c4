using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Accounts;

/// <summary>A personal access token: acts for its user within its scopes. The secret is shown once; only its hash is kept.</summary>
public sealed class AccessToken
{
    public const string Prefix = "kp_";
    public const int MaxNameLength = 80;

    private AccessToken()
    {
    }

    public Id<AccessToken> Id { get; private set; }

    public Id<User> UserId { get; private set; }

    public User User { get; private set; } = null!; // loaded by EF whenever a query includes it

    /// <summary>What its owner calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the secret; unique.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Sorted, separated by spaces, as in OAuth 2.0 (RFC 6749 §3.3).</summary>
    public string Scopes { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Null means it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>To the hour; null until first used.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public static (AccessToken Token, string Secret) Create(
        Id<User> userId, string name, IEnumerable<string> scopes, DateTimeOffset? expiresAt, TimeProvider clock)
    {
        var secret = SecretToken.New(Prefix);
        var token = new AccessToken
        {
            Id = Id<AccessToken>.New(clock),
            UserId = userId,
            Name = name,
            Hash = SecretToken.Hash(secret),
            Scopes = string.Join(' ', scopes.Order(StringComparer.Ordinal)),
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        return (token, secret);
    }
}
