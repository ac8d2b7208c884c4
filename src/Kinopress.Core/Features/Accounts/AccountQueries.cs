using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Reads about accounts.</summary>
public sealed class AccountQueries(KinopressDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromHours(1);

    /// <summary>Who a bearer token acts for; null when it is unknown or has expired.</summary>
    public async Task<Caller?> FindCallerByTokenAsync(string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(AccessToken.Prefix, StringComparison.Ordinal) || secret.Length > 100)
        {
            return null;
        }

        // Looking up by hash takes the same time for any wrong secret; index ix_access_tokens_hash.
        var hash = SecretToken.Hash(secret);
        var now = clock.GetUtcNow();
        var found = await db.AccessTokens.AsNoTracking()
            .Where(token => token.Hash == hash && (token.ExpiresAt == null || token.ExpiresAt > now))
            .Select(token => new { token.Id, token.UserId, token.User.Role, token.Scopes, token.ExpiresAt, token.LastUsedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (found.LastUsedAt is null || now - found.LastUsedAt > LastUsedPrecision)
        {
            await db.WriteAsync(
                stop => db.AccessTokens.Where(token => token.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, now), stop),
                cancellationToken);
        }

        var scopes = found.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return new Caller(found.UserId.Value, Role.Named(found.Role).Capabilities, scopes) { ScopesEndAt = found.ExpiresAt };
    }

    /// <summary>What a session is checked against at each request; null when the account is gone. Primary key of users.</summary>
    public Task<SessionView?> FindSessionAsync(Id<User> id, CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().Where(user => user.Id == id).Select(user => new SessionView(user.SecurityStamp, user.Role)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Null when the account is gone.</summary>
    public async Task<AccountView?> GetAccountAsync(Caller caller, CancellationToken cancellationToken)
    {
        var id = new Id<User>(caller.UserId ?? Guid.Empty);
        return await db.Users.AsNoTracking()
            .Where(user => user.Id == id)
            .Select(user => new AccountView(user.Id.Value, user.Name, user.Email, user.Role))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Newest first. A person has few, so the list is whole.</summary>
    public async Task<IReadOnlyList<AccessTokenView>> ListAccessTokensAsync(Caller caller, CancellationToken cancellationToken)
    {
        var id = new Id<User>(caller.UserId ?? Guid.Empty);
        return await db.AccessTokens.AsNoTracking()
            .Where(token => token.UserId == id)
            .OrderByDescending(token => token.CreatedAt)
            .Select(token => new AccessTokenView(token.Id, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The caller a person would be; for the command line. Null when nobody has the address.</summary>
    public async Task<Caller?> FindCallerByEmailAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = email.Trim().ToUpperInvariant();
        var found = await db.Users.AsNoTracking()
            .Where(user => user.NormalizedEmail == normalized)
            .Select(user => new { user.Id, user.Role })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new Caller(found.Id.Value, Role.Named(found.Role).Capabilities, Scopes: null);
    }
}

/// <summary>The signed-in person, for pages and the API.</summary>
public sealed record AccountView(Guid Id, string Name, string Email, string Role);

/// <summary>What a session remembers of a user and must still be true.</summary>
/// <param name="Stamp">Changes with the password.</param>
public sealed record SessionView(string Stamp, string Role);

/// <summary>A token without its secret.</summary>
/// <param name="Scopes">Separated by spaces.</param>
public sealed record AccessTokenView(
    Id<AccessToken> Id, string Name, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
