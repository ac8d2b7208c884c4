using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Refusals about accounts.</summary>
public static class AccountFailures
{
    public static Failure WrongCredentials { get; } = new(
        FailureKind.Unauthenticated, "account.wrong_credentials", "That e-mail address and password do not match. Check both and try again.");

    public static Failure RegistrationClosed { get; } = new(
        FailureKind.Forbidden, "account.registration_closed", "This site does not take new accounts at the moment.");

    public static Failure NotFound { get; } = new(FailureKind.NotFound, "account.not_found", "There is no account with that e-mail address.");

    public static Failure TokenNotFound { get; } = new(FailureKind.NotFound, "token.not_found", "This access token does not exist.");

    public static Failure SignInRequired { get; } = new(FailureKind.Unauthenticated, "account.sign_in_required", "Sign in first.");

    public static Failure NotAllowed { get; } = new(FailureKind.Forbidden, "account.not_allowed", "Your account is not allowed to do this.");

    public static Failure LockedOut(TimeSpan remaining) => new(
        FailureKind.TooMany, "account.locked_out", "Too many wrong passwords. Wait a little and try again.") { RetryAfter = remaining };

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "account.invalid", "Some fields need another look.") { Fields = fields };

    internal static Failure From(IdentityResult refused)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (var error in refused.Errors)
        {
            var (field, message) = error.Code switch
            {
                "DuplicateEmail" or "DuplicateUserName" => ("email", "There is already an account with this e-mail address."),
                "InvalidEmail" or "InvalidUserName" => ("email", "This does not look like an e-mail address."),
                "PasswordTooShort" => ("password", $"Use at least {AccountsFeature.MinPasswordLength} characters."),
                "PasswordMismatch" => ("currentPassword", "This is not your current password."),
                _ => ("password", error.Description),
            };
            fields.TryAdd(field, message);
        }

        return Invalid(fields);
    }
}
