namespace Kinopress.Server.Studio.Account;

/// <summary>A user's own account.</summary>
/// <param name="NewToken">The secret of a token just made, shown this once; null otherwise.</param>
/// <param name="TokenName">As posted, when making a token failed; else empty.</param>
/// <param name="PasswordErrors">Field name to what is wrong, for the password form.</param>
/// <param name="TokenErrors">The same for the token form.</param>
public sealed record AccountView(
    StudioFrame Frame,
    string Email,
    int MinimumPasswordLength,
    IReadOnlyList<TokenRow> Tokens,
    IReadOnlyList<Choice> Scopes,
    string? NewToken,
    string TokenName,
    IReadOnlyDictionary<string, string> PasswordErrors,
    IReadOnlyDictionary<string, string> TokenErrors);

/// <summary>An access token, without its secret.</summary>
/// <param name="Scopes">What it may do, in words.</param>
/// <param name="ExpiresAt">Null when it does not end by itself.</param>
/// <param name="LastUsedAt">Null when it was never used.</param>
public sealed record TokenRow(
    string Id, string Name, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
