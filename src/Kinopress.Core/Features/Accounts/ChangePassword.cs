using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Replaces the caller's password. Every other session of the account ends.</summary>
public sealed class ChangePassword(UserManager<User> users)
{
    /// <returns>The user, to keep this session signed in; or <c>account.invalid</c> with messages by field.</returns>
    public async Task<Result<User>> RunAsync(string? currentPassword, string? newPassword, Caller caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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

        var changed = await users.ChangePasswordAsync(user, currentPassword ?? "", newPassword);
        return changed.Succeeded ? user : AccountFailures.From(changed);
    }
}
