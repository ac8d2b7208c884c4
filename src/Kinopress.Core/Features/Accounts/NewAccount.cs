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
        var name = ValidateName(Name, mistakes);
        var email = ValidateEmail(Email, mistakes);
        var password = ValidatePassword(Password, mistakes);
        return mistakes.Count > before || name is null || email is null || password is null
            ? null
            : new ValidAccount(name, email, password);
    }

    /// <summary>The name, or null with a message under <c>name</c>.</summary>
    internal static string? ValidateName(string? raw, IDictionary<string, string> mistakes)
    {
        var name = Text.SingleLine(raw, User.MaxNameLength);
        if (name is null)
        {
            mistakes["name"] = "Say what people should call you.";
        }

        return name;
    }

    /// <summary>The address, or null with a message under <c>email</c>.</summary>
    internal static string? ValidateEmail(string? raw, IDictionary<string, string> mistakes)
    {
        var email = Text.SingleLine(raw, User.MaxEmailLength);
        if (email is { Length: <= User.MaxEmailLength } && MailAddress.TryCreate(email, out var address) && address.Address == email
            && (address.Host.Contains('.', StringComparison.Ordinal) || address.Host == "localhost"))
        {
            return email;
        }

        mistakes["email"] = "This does not look like an e-mail address.";
        return null;
    }

    /// <summary>The password, or null with a message under <c>password</c>.</summary>
    internal static string? ValidatePassword(string? password, IDictionary<string, string> mistakes)
    {
        if (string.IsNullOrEmpty(password) || password.Length < AccountsFeature.MinPasswordLength)
        {
            mistakes["password"] = $"Use at least {AccountsFeature.MinPasswordLength} characters.";
            return null;
        }

        if (password.Length > AccountsFeature.MaxPasswordLength)
        {
            mistakes["password"] = $"Use at most {AccountsFeature.MaxPasswordLength} characters.";
            return null;
        }

        return password;
    }
}

/// <summary>A <see cref="NewAccount"/> that passed every rule.</summary>
public sealed record ValidAccount(string Name, string Email, string Password);
