using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Replaces the caller's password. Every other session of the account ends.</summary>
public sealed class ChangePassword(UserManager<User> users, SignInTurns turns)
{
    /// <returns>The user, to keep this session signed in; or <c>account.invalid</c> with messages by field.</returns>
    public async Task<Result<User>> RunAsync(string? currentPassword, string? newPassword, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId || await users.FindByIdAsync(userId.ToString()) is not { } user)
        {
            return AccountFailures.SignInRequired;
        }

        if (newPassword is null || newPassword.Length is < AccountsFeature.MinPasswordLength or > AccountsFeature.MaxPasswordLength)
        {
            return AccountFailures.Invalid(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["newPassword"] = $"Use at least {AccountsFeature.MinPasswordLength} characters.",
            });
        }

        // A stolen session must not become a way to guess the password.
        using var turn = await turns.EnterAsync(user.Email, cancellationToken);
        if (await users.IsLockedOutAsync(user))
        {
            return AccountFailures.LockedOut(AccountsFeature.LockOut);
        }

        var changed = await users.ChangePasswordAsync(user, currentPassword ?? "", newPassword);
        if (changed.Succeeded)
        {
            return user;
        }

        await users.AccessFailedAsync(user);
        return AccountFailures.From(changed);
    }
}
