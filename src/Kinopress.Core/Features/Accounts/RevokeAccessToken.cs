using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Ends one of the caller's access tokens at once.</summary>
public sealed class RevokeAccessToken(KinopressDbContext db)
{
    /// <returns><c>token.not_found</c> when missing or somebody else's.</returns>
    public async Task<Result<Done>> RunAsync(Id<AccessToken> id, Caller caller, CancellationToken cancellationToken)
    {
        var token = await db.AccessTokens.SingleOrDefaultAsync(
            candidate => candidate.Id == id && candidate.UserId == new Id<User>(caller.UserId ?? Guid.Empty), cancellationToken);
        if (token is null)
        {
            return AccountFailures.TokenNotFound;
        }

        db.AccessTokens.Remove(token);
        await db.SaveChangesAsync(cancellationToken);
        return Done.Value;
    }
}
