using System.Net.Mail;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Accounts;

/// <summary>What a person gives to get an account, as typed.</summary>
public sealed record NewAccount(string? Name, string? Email, string? Password)
{
    /// <summary>Tidies the fields, or says what is wrong with each.</summary>
    /// <param name="mistakes">Messages by field name are added here.</param>
    public ValidAccount? Validate(IDictionary<string, string> mistakes)
    {
        var before = mistakes.Count;
        var name = Text.SingleLine(Name, User.MaxNameLength);
        if (name is null)
        {
            mistakes["name"] = "Say what people should call you.";
        }

        var email = Text.SingleLine(Email, User.MaxEmailLength);
        if (email is null || email.Length > User.MaxEmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email || !address.Host.Contains('.', StringComparison.Ordinal) && address.Host != "localhost")
        {
            mistakes["email"] = "This does not look like an e-mail address.";
        }

        if (string.IsNullOrEmpty(Password) || Password.Length < AccountsFeature.MinPasswordLength)
        {
            mistakes["password"] = $"Use at least {AccountsFeature.MinPasswordLength} characters.";
        }
        else if (Password.Length > AccountsFeature.MaxPasswordLength)
        {
            mistakes["password"] = $"Use at most {AccountsFeature.MaxPasswordLength} characters.";
        }

        return mistakes.Count > before || name is null || email is null || Password is null
            ? null
            : new ValidAccount(name, email, Password);
    }
}

/// <summary>A <see cref="NewAccount"/> that passed every rule.</summary>
public sealed record ValidAccount(string Name, string Email, string Password);
