using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Changes the caller's name and e-mail address. Another address asks for the password and ends every other session.</summary>
public sealed class EditProfile(UserManager<User> users, SignInTurns turns)
{
    /// <returns>The user, to keep this session signed in; or <c>account.invalid</c> with messages by field, <c>account.locked_out</c>.</returns>
    public async Task<Result<User>> RunAsync(ProfileEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId || await users.FindByIdAsync(userId.ToString()) is not { } user)
        {
            return AccountFailures.SignInRequired;
        }

        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var name = edit.Name is null ? user.Name : NewAccount.ValidateName(edit.Name, mistakes);
        var email = edit.Email is null ? user.Email : NewAccount.ValidateEmail(edit.Email, mistakes);
        if (name is null || email is null)
        {
            return AccountFailures.Invalid(mistakes);
        }

        if (email == user.Email)
        {
            user.Name = name;
            return Answer(await users.UpdateAsync(user), user);
        }

        // Whoever has only the session must not be able to take the account away, nor to guess its password.
        using var turn = await turns.EnterAsync(user.Email, cancellationToken);
        if (await users.IsLockedOutAsync(user))
        {
            return AccountFailures.LockedOut(AccountsFeature.LockOut);
        }

        if (!await users.CheckPasswordAsync(user, edit.CurrentPassword ?? ""))
        {
            await users.AccessFailedAsync(user);
            return AccountFailures.Invalid(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["currentPassword"] = string.IsNullOrEmpty(edit.CurrentPassword) ? "Another e-mail address needs your password." : "This is not your password.",
            });
        }

        user.Name = name;
        return Answer(await users.SetEmailAsync(user, email), user);
    }

    private static Result<User> Answer(IdentityResult changed, User user) => changed.Succeeded ? user : AccountFailures.From(changed);
}

/// <summary>What to change, as typed; null leaves a thing as it is.</summary>
/// <param name="CurrentPassword">Needed for another e-mail address only.</param>
public sealed record ProfileEdit(string? Name, string? Email, string? CurrentPassword);
