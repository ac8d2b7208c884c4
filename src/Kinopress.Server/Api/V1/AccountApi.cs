using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class AccountApi
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Account");
        account.MapGet("", Get).WithName("getAccount").WithSummary("Who you are on this site");
        account.MapPatch("", Edit).WithName("editAccount").WithSummary("Change your name and e-mail address; another address asks for the password and ends other sessions")
            .RequireScope(Scope.AccountManage).RequireRateLimiting(RateLimits.Credentials);
        account.MapPost("/registration", Register).WithName("registerUser").WithSummary("Make an account, where the site allows it").RequireRateLimiting(RateLimits.Credentials);
        account.MapPut("/password", ChangePassword).WithName("changePassword").WithSummary("Change your password; other sessions end")
            .RequireScope(Scope.AccountManage).RequireRateLimiting(RateLimits.Credentials);
        account.MapGet("/tokens", ListTokens).WithName("listAccessTokens").WithSummary("Your access tokens, without their secrets").RequireScope(Scope.AccountManage);
        account.MapPost("/tokens", CreateToken).WithName("createAccessToken").WithSummary("Make an access token; its secret is shown only in this answer").RequireScope(Scope.AccountManage);
        account.MapDelete("/tokens/{id:guid}", RevokeToken).WithName("revokeAccessToken").WithSummary("End an access token").RequireScope(Scope.AccountManage);
    }

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> Get(
        Caller caller, AccountQueries accounts, CancellationToken cancellationToken) =>
        await accounts.GetAccountAsync(caller, cancellationToken) is { } account
            ? TypedResults.Ok(new AccountResponse(account.Id, account.Name, account.Email, account.Role))
            : AccountFailures.SignInRequired.ToProblem();

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> Edit(
        ProfileEdit body, Caller caller, EditProfile editProfile, CancellationToken cancellationToken) =>
        (await editProfile.RunAsync(body, caller, cancellationToken)).Match<Results<Ok<AccountResponse>, ProblemHttpResult>>(
            user => TypedResults.Ok(new AccountResponse(user.Id.Value, user.Name, user.Email, user.Role)),
            failure => failure.ToProblem());

    private static async Task<Results<Created<AccountResponse>, ProblemHttpResult>> Register(
        NewAccount body, RegisterUser registerUser, CancellationToken cancellationToken) =>
        (await registerUser.RunAsync(body, cancellationToken)).Match<Results<Created<AccountResponse>, ProblemHttpResult>>(
            user => TypedResults.Created($"{ApiGroup.Prefix}/account", new AccountResponse(user.Id.Value, user.Name, user.Email, user.Role)),
            failure => failure.ToProblem());

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        PasswordRequest body, Caller caller, ChangePassword changePassword, CancellationToken cancellationToken) =>
        (await changePassword.RunAsync(body.CurrentPassword, body.NewPassword, caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Ok<AccessTokenListResponse>> ListTokens(
        Caller caller, AccountQueries accounts, CancellationToken cancellationToken)
    {
        var tokens = await accounts.ListAccessTokensAsync(caller, cancellationToken);
        return TypedResults.Ok(new AccessTokenListResponse([.. tokens.Select(token => new AccessTokenResponse(
            token.Id.Value, token.Name, token.Scopes.Split(' '), token.CreatedAt, token.ExpiresAt, token.LastUsedAt, Secret: null))]));
    }

    private static async Task<Results<Created<AccessTokenResponse>, ProblemHttpResult>> CreateToken(
        AccessTokenRequest body, Caller caller, CreateAccessToken createAccessToken, CancellationToken cancellationToken) =>
        (await createAccessToken.RunAsync(body.Name, body.Scopes, body.ExpiresAt, caller, cancellationToken)).Match<Results<Created<AccessTokenResponse>, ProblemHttpResult>>(
            token => TypedResults.Created(
                $"{ApiGroup.Prefix}/account/tokens/{token.Id}",
                new AccessTokenResponse(token.Id.Value, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, LastUsedAt: null, token.Secret)),
            failure => failure.ToProblem());

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeToken(
        Guid id, Caller caller, RevokeAccessToken revokeAccessToken, CancellationToken cancellationToken) =>
        (await revokeAccessToken.RunAsync(new Id<AccessToken>(id), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());
}

/// <summary>The signed-in person.</summary>
public sealed record AccountResponse(Guid Id, string Name, string Email, string Role);

/// <summary>A change of password.</summary>
public sealed record PasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>What a new access token shall be.</summary>
/// <param name="Scopes">Null or empty means every scope.</param>
/// <param name="ExpiresAt">RFC 3339, in the future; null means never.</param>
public sealed record AccessTokenRequest(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);

/// <summary>An access token.</summary>
/// <param name="Secret">Only in the answer that made it; null ever after.</param>
public sealed record AccessTokenResponse(
    Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, string? Secret);

/// <summary>Access tokens, newest first.</summary>
public sealed record AccessTokenListResponse(IReadOnlyList<AccessTokenResponse> Items);
