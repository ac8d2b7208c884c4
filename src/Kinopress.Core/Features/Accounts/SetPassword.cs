using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>
/// Gives somebody who forgot it a new password, at the server's command line. Every session of the account ends; access
/// tokens stay.
/// </summary>
public sealed class SetPassword(UserManager<User> users)
{
    /// <returns>The user; or <c>account.not_found</c>, <c>account.invalid</c>.</returns>
    public async Task<Result<User>> RunAsync(string email, string? password, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            return AccountFailures.NotFound;
        }

        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (NewAccount.ValidatePassword(password, mistakes) is not { } valid)
        {
            return AccountFailures.Invalid(mistakes);
        }

        // Nothing is saved before the new password has passed the rules; with it the stamp changes that sessions carry.
        user.PasswordHash = null;
        user.FailedSignIns = 0;
        user.LockedOutUntil = null;
        var changed = await users.AddPasswordAsync(user, valid);
        return changed.Succeeded ? user : AccountFailures.From(changed);
    }
}
