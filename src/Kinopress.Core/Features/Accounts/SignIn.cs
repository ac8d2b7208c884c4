using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>
/// Checks an e-mail address and a password. Five wrong passwords in a row lock the account for a while. A missing
/// account takes as long as a wrong password, so nobody learns which addresses exist.
/// </summary>
public sealed class SignIn(UserManager<User> users, SignInTurns turns, TimeProvider clock)
{
    // A hash of nothing in particular, in the format of the current hasher, checked when there is no account.
    private static readonly string Decoy = new PasswordHasher<object>().HashPassword(new object(), Guid.CreateVersion7().ToString());

    /// <returns><c>account.wrong_credentials</c> or <c>account.locked_out</c>.</returns>
    public async Task<Result<User>> RunAsync(string email, string password, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(email.Trim(), cancellationToken);
        if (password.Length > AccountsFeature.MaxPasswordLength || email.Any(char.IsControl) || await users.FindByEmailAsync(email.Trim()) is not { } user)
        {
            new PasswordHasher<object>().VerifyHashedPassword(new object(), Decoy, "no account");
            return AccountFailures.WrongCredentials;
        }

        if (user.LockedOutUntil is { } until && until > clock.GetUtcNow())
        {
            return AccountFailures.LockedOut(until - clock.GetUtcNow());
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);
            return AccountFailures.WrongCredentials;
        }

        if (user.FailedSignIns > 0)
        {
            await users.ResetAccessFailedCountAsync(user);
        }

        return user;
    }
}
