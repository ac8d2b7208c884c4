using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Refuses the passwords that are guessed first (NIST SP 800-63B §5.1.1.2): famous words, runs of keys, one's own address.</summary>
internal sealed class CommonPasswords : IPasswordValidator<User>
{
    /// <summary>What <see cref="AccountFailures"/> knows the refusal by.</summary>
    public const string Code = "PasswordCommon";

    private const string Message = "This is one of the first passwords anybody tries. A few unrelated words work better.";

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
        "01234567890123456789", "98765432109876543210", "zyxwvutsrqponmlkjihgfedcba", "mnbvcxzlkjhgfdsapoiuytrewq", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0",
    ];

    // Without the digits and signs that people put at the end.
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "abc", "access", "admin", "administrator", "andrew", "apple", "asdf", "ashley", "bailey", "baseball", "basketball", "batman", "bonjour", "butterfly",
        "changeme", "charlie", "cheese", "chocolate", "computer", "cookie", "corvette", "daniel", "default", "dragon", "facebook", "flower", "football",
        "freedom", "george", "google", "guest", "hallo", "harley", "hello", "helloworld", "hockey", "hunter", "iloveyou", "internet", "jennifer", "jessica",
        "jordan", "killer", "kinopress", "letmein", "liverpool", "login", "loveme", "lovely", "master", "matrix", "michael", "michelle", "monkey",
        "motdepasse", "mustang", "nicole", "ninja", "pass", "passw", "passwd", "password", "passwort", "pepper", "pokemon", "princess", "qazwsx", "qwer", "qwert",
        "qwerty", "qwertz", "root", "samsung", "secret", "shadow", "soccer", "starwars", "summer", "sunshine", "superman", "temp", "test", "testing", "thomas",
        "tigger", "trustno", "user", "video", "welcome", "whatever", "winter", "zaq", "zxcvbn",
    ],
    StringComparer.Ordinal);

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(IsCommon(user, password ?? "") ? IdentityResult.Failed(new IdentityError { Code = Code, Description = Message }) : IdentityResult.Success);

    private static bool IsCommon(User user, string password)
    {
        var plain = password.ToLowerInvariant().Replace('@', 'a').Replace('$', 's');
        var word = plain.TrimEnd("0123456789!?.*#_-+".ToCharArray()).Replace('0', 'o').Replace('1', 'i').Replace('3', 'e');
        return Words.Contains(word)
            || Words.Contains(plain.TrimStart("0123456789".ToCharArray()))
            || Rows.Any(row => row.Contains(plain, StringComparison.Ordinal))
            || string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase);
    }
}
