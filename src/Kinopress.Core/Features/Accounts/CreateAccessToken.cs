using Kinopress.Core.Data;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Makes a personal access token for the caller.</summary>
public sealed class CreateAccessToken(KinopressDbContext db, TimeProvider clock)
{
    /// <param name="scopes">Null means every scope.</param>
    /// <param name="expiresAt">UTC, in the future; null means it does not expire.</param>
    /// <returns>The token and its secret, which is not shown again; or <c>token.invalid</c>.</returns>
    public async Task<Result<CreatedAccessToken>> RunAsync(
        string? name, IReadOnlyCollection<string>? scopes, DateTimeOffset? expiresAt, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
        {
            return AccountFailures.SignInRequired;
        }

        IReadOnlyList<string> wanted = scopes is null or { Count: 0 } ? Scope.All.Keys : scopes.Select(scope => scope ?? "").Distinct(StringComparer.Ordinal).ToList();
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (wanted.FirstOrDefault(scope => !Scope.All.ContainsKey(scope)) is { } unknown)
        {
            mistakes["scopes"] = $"There is no scope '{Text.SingleLine(unknown, 40)}'.";
        }
        else if (wanted.Any(scope => !caller.HasScope(scope)))
        {
            mistakes["scopes"] = "A token cannot make one that may do more than itself.";
        }

        var tidyName = Text.SingleLine(name, AccessToken.MaxNameLength);
        if (tidyName is null)
        {
            mistakes["name"] = "Give the token a name, so that you know later what it is for.";
        }

        if (expiresAt <= clock.GetUtcNow())
        {
            mistakes["expiresAt"] = "Choose a moment in the future.";
        }

        if (caller.ScopesEndAt is { } callerEnds && (expiresAt is null || expiresAt > callerEnds))
        {
            mistakes["expiresAt"] = "A token cannot make one that lasts longer than itself.";
        }

        if (mistakes.Count > 0 || tidyName is null)
        {
            return new Failure(FailureKind.Invalid, "token.invalid", "The token could not be made.") { Fields = mistakes };
        }

        var (token, secret) = AccessToken.Create(new Id<User>(userId), tidyName, wanted, expiresAt?.ToUniversalTime(), clock);
        db.AccessTokens.Add(token);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedAccessToken(token.Id, token.Name, secret, token.Scopes.Split(' '), token.CreatedAt, token.ExpiresAt);
    }
}

/// <summary>A new token, with the only look at its secret.</summary>
public sealed record CreatedAccessToken(
    Id<AccessToken> Id, string Name, string Secret, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
