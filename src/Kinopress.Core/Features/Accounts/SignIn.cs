using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>
/// Checks an e-mail address and a password. <see cref="SignInPatience"/> slows guessing down. A missing account takes as
/// long and is answered as a wrong password, so nobody learns which addresses exist.
/// </summary>
public sealed class SignIn(UserManager<User> users, SignInTurns turns, SignInPatience patience)
{
    // A hash of nothing in particular, in the format of the current hasher, checked when there is no account.
    private static readonly string Decoy = new PasswordHasher<object>().HashPassword(new object(), Guid.CreateVersion7().ToString());

    /// <returns><c>account.wrong_credentials</c> or <c>account.locked_out</c>.</returns>
    public async Task<Result<User>> RunAsync(string email, string password, SignInOrigin origin, CancellationToken cancellationToken)
    {
        var account = email.Trim();
        using var turn = await turns.EnterAsync(account, cancellationToken);
        var user = email.Any(char.IsControl) || account.Length > User.MaxEmailLength ? null : await users.FindByEmailAsync(account);
        var isKnown = user is not null && origin.KnownAccount == user.Id.Value;
        if (patience.WaitFor(account, origin, isKnown) is { } wait)
        {
            return AccountFailures.LockedOut(wait);
        }

        if (!await IsRightAsync(user, password) || user is null)
        {
            patience.CountWrong(account, origin, isKnown);
            return AccountFailures.WrongCredentials;
        }

        patience.Forgive(account, origin, isKnown);
        if (user.FailedSignIns > 0)
        {
            await users.ResetAccessFailedCountAsync(user);
        }

        return user;
    }

    private async Task<bool> IsRightAsync(User? user, string password)
    {
        if (user is not null && password.Length <= AccountsFeature.MaxPasswordLength)
        {
            return await users.CheckPasswordAsync(user, password);
        }

        new PasswordHasher<object>().VerifyHashedPassword(new object(), Decoy, "no account");
        return false;
    }
}
