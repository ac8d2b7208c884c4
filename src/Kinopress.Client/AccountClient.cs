using System.Net.Http.Json;

namespace Kinopress.Client;

/// <summary>The caller's own account and access tokens.</summary>
public sealed class AccountClient
{
    private readonly ApiConnection _connection;

    internal AccountClient(ApiConnection connection) => _connection = connection;

    /// <exception cref="KinopressApiException"><c>account.sign_in_required</c>.</exception>
    public Task<Account> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("account", ApiJson.Default.Account, cancellationToken);

    /// <summary>Another e-mail address ends every browser session of the account; access tokens stay.</summary>
    /// <exception cref="KinopressApiException"><c>account.invalid</c>, <c>account.locked_out</c>.</exception>
    public Task<Account> EditAsync(ProfileEdit edit, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, "account", edit, ApiJson.Default.ProfileEdit, ApiJson.Default.Account, cancellationToken);

    /// <exception cref="KinopressApiException"><c>account.registration_closed</c>, <c>account.invalid</c>, <c>request.too_many</c>.</exception>
    public Task<Account> RegisterAsync(Registration registration, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, "account/registration", registration, ApiJson.Default.Registration, ApiJson.Default.Account, cancellationToken);

    /// <summary>Every browser session of the account ends; access tokens stay.</summary>
    /// <exception cref="KinopressApiException"><c>account.invalid</c>.</exception>
    public async Task ChangePasswordAsync(string currentPassword, string newPassword, CancellationToken cancellationToken = default)
    {
        using var body = JsonContent.Create(new PasswordChange(currentPassword, newPassword), ApiJson.Default.PasswordChange);
        await _connection.SendAsync(HttpMethod.Put, "account/password", body, cancellationToken);
    }

    /// <summary>Newest first, without secrets.</summary>
    public async Task<IReadOnlyList<AccessToken>> ListTokensAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("account/tokens", ApiJson.Default.AccessTokenList, cancellationToken)).Items;

    /// <returns>The token with its secret, which is not shown again.</returns>
    /// <exception cref="KinopressApiException"><c>token.invalid</c>.</exception>
    public Task<AccessToken> CreateTokenAsync(NewAccessToken token, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, "account/tokens", token, ApiJson.Default.NewAccessToken, ApiJson.Default.AccessToken, cancellationToken);

    /// <exception cref="KinopressApiException"><c>token.not_found</c>.</exception>
    public Task RevokeTokenAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"account/tokens/{id}", body: null, cancellationToken);
}

/// <summary>A person.</summary>
public sealed record Account(Guid Id, string Name, string Email, string Role);

/// <summary>What a person gives to get an account.</summary>
public sealed record Registration(string Name, string Email, string Password);

/// <summary>Changes to one's own account; null leaves a thing as it is.</summary>
public sealed record ProfileEdit
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>Needed for another e-mail address only.</summary>
    public string? CurrentPassword { get; init; }
}

/// <summary>An access token.</summary>
/// <param name="ExpiresAt">Null means never.</param>
/// <param name="LastUsedAt">To the hour; null until first used.</param>
/// <param name="Secret">Only in the answer that made it; null ever after.</param>
public sealed record AccessToken(
    Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, string? Secret);

/// <summary>What a new access token shall be.</summary>
/// <param name="Scopes">Null or empty means every scope.</param>
/// <param name="ExpiresAt">In the future; null means never.</param>
public sealed record NewAccessToken(string Name, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);

internal sealed record PasswordChange(string CurrentPassword, string NewPassword);

internal sealed record AccessTokenList(IReadOnlyList<AccessToken> Items);
