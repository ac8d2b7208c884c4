using System.Globalization;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Account;

/// <summary>A person's own account: password and access tokens.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/account", ShowAsync);
        studio.MapGet("/account/password", () => TypedResults.LocalRedirect("/studio/account"));
        studio.MapGet("/account/tokens", () => TypedResults.LocalRedirect("/studio/account"));
        studio.MapPost("/account/password", ChangePasswordAsync).RequireRateLimiting(RateLimits.Credentials);
        studio.MapPost("/account/tokens", CreateTokenAsync);
        studio.MapPost("/account/tokens/{id:guid}/revoke", RevokeTokenAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Caller caller, NewTokens newTokens, AccountPages pages, CancellationToken cancellationToken) =>
        StudioPages.Show<AccountPage>(await pages.ViewAsync(caller, new AccountPageState { NewToken = newTokens.Take(context, caller) }, cancellationToken));

    private static async Task<IResult> ChangePasswordAsync(
        [FromForm] string? currentPassword,
        [FromForm] string? newPassword,
        HttpContext context,
        Caller caller,
        ChangePassword changePassword,
        AccountPages pages,
        CancellationToken cancellationToken)
    {
        if ((await changePassword.RunAsync(currentPassword, newPassword, caller, cancellationToken)).Failed(out var failure, out var user))
        {
            var errors = Errors(failure).ToDictionary(error => error.Key == "password" ? "newPassword" : error.Key, error => error.Value, StringComparer.Ordinal);
            return StudioPages.Show<AccountPage>(
                await pages.ViewAsync(caller, new AccountPageState { PasswordErrors = errors }, cancellationToken), Failures.StatusOf(failure));
        }

        await Sessions.SignInAsync(context, user);
        return StudioPages.Back(returnTo: null, "/studio/account", "password", publicId: null);
    }

    private static async Task<IResult> CreateTokenAsync(
        [FromForm] string? name,
        [FromForm] string? expiresInDays,
        IFormCollection form,
        HttpContext context,
        Caller caller,
        NewTokens newTokens,
        CreateAccessToken createAccessToken,
        AccountPages pages,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        DateTimeOffset? expiresAt = int.TryParse(expiresInDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650
            ? clock.GetUtcNow().AddDays(days)
            : null;
        var scopes = form["scopes"].OfType<string>().ToList();
        if (scopes.Count == 0)
        {
            var missing = new Dictionary<string, string>(StringComparer.Ordinal) { ["scopes"] = "Choose at least one thing the token may do." };
            return StudioPages.Show<AccountPage>(
                await pages.ViewAsync(caller, new AccountPageState { TokenErrors = missing, TokenName = name ?? "" }, cancellationToken), StatusCodes.Status400BadRequest);
        }

        if ((await createAccessToken.RunAsync(name, scopes, expiresAt, caller, cancellationToken)).Failed(out var failure, out var created))
        {
            return StudioPages.Show<AccountPage>(
                await pages.ViewAsync(caller, new AccountPageState { TokenErrors = Errors(failure), TokenName = name ?? "" }, cancellationToken),
                Failures.StatusOf(failure));
        }

        newTokens.Keep(context, caller, created.Secret);
        return TypedResults.LocalRedirect("/studio/account#tokens");
    }

    private static async Task<IResult> RevokeTokenAsync(Guid id, [FromForm] string? returnTo, Caller caller, RevokeAccessToken revokeAccessToken, CancellationToken cancellationToken) =>
        (await revokeAccessToken.RunAsync(new Id<AccessToken>(id), caller, cancellationToken)).Failed(out _)
            ? TypedResults.NotFound()
            : StudioPages.Back(returnTo, "/studio/account", "revoked", publicId: null);

    private static IReadOnlyDictionary<string, string> Errors(Failure failure) =>
        failure.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = failure.Message };
}

/// <summary>What the last form left to show.</summary>
internal sealed record AccountPageState
{
    public string? NewToken { get; init; }

    public string TokenName { get; init; } = "";

    public IReadOnlyDictionary<string, string> PasswordErrors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> TokenErrors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Makes the view of the account page.</summary>
internal sealed class AccountPages(AccountQueries accounts, StudioFrames frames)
{
    public async Task<AccountView> ViewAsync(Caller caller, AccountPageState state, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAccountAsync(caller, cancellationToken);
        var tokens = await accounts.ListAccessTokensAsync(caller, cancellationToken);
        return new AccountView(
            await frames.CreateAsync(StudioArea.Account, caller, cancellationToken),
            account?.Email ?? "",
            AccountsFeature.MinPasswordLength,
            [.. tokens.Select(token => new TokenRow(
                token.Id.ToString(),
                token.Name,
                string.Join(" · ", token.Scopes.Split(' ').Select(scope => Scope.All.GetValueOrDefault(scope, scope))),
                token.CreatedAt,
                token.ExpiresAt,
                token.LastUsedAt))],
            [.. Scope.All.OrderBy(scope => scope.Key, StringComparer.Ordinal).Select(scope => new Choice(scope.Key, scope.Value))],
            state.NewToken,
            state.TokenName,
            state.PasswordErrors,
            state.TokenErrors);
    }
}
