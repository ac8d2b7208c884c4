using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Kinopress.Themes;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Site;

/// <summary>Every signed-in person's own account: name, e-mail address, password.</summary>
internal static class AccountPage
{
    private const string Path = "/account";

    public static async Task<IResult> GetAsync(string? done, Caller caller, AccountQueries accounts, PageRenderer pages, HttpContext context, CancellationToken cancellationToken)
    {
        if (await accounts.GetAccountAsync(caller, cancellationToken) is not { } account)
        {
            return TypedResults.LocalRedirect($"/login?returnUrl={Path}");
        }

        return await RenderAsync(pages, context, new AccountForm(account.Name, account.Email) { Done = done is "saved" or "password" or "stale" ? done : null }, failure: null, cancellationToken);
    }

    public static async Task<IResult> PostAsync(
        [FromForm(Name = "name")] string? name,
        [FromForm(Name = "email")] string? email,
        [FromForm(Name = "password")] string? password,
        Caller caller,
        EditProfile editProfile,
        PageRenderer pages,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if ((await editProfile.RunAsync(new ProfileEdit(name ?? "", email ?? "", password), caller, cancellationToken)).Failed(out var failure, out var user))
        {
            return failure == AccountFailures.SignInRequired
                ? TypedResults.LocalRedirect($"/login?returnUrl={Path}")
                : await RenderAsync(pages, context, new AccountForm(name ?? "", email ?? ""), failure, cancellationToken);
        }

        await Sessions.SignInAsync(context, user);
        return TypedResults.LocalRedirect($"{Path}?done=saved");
    }

    public static async Task<IResult> ChangePasswordAsync(
        [FromForm(Name = "current_password")] string? currentPassword,
        [FromForm(Name = "new_password")] string? newPassword,
        Caller caller,
        ChangePassword changePassword,
        AccountQueries accounts,
        PageRenderer pages,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (await accounts.GetAccountAsync(caller, cancellationToken) is not { } account)
        {
            return TypedResults.LocalRedirect($"/login?returnUrl={Path}");
        }

        if ((await changePassword.RunAsync(currentPassword, newPassword, caller, cancellationToken)).Failed(out var failure, out var user))
        {
            return await RenderAsync(pages, context, new AccountForm(account.Name, account.Email) { IsAboutPassword = true }, failure, cancellationToken);
        }

        await Sessions.SignInAsync(context, user);
        return TypedResults.LocalRedirect($"{Path}?done=password");
    }

    private static Task<IResult> RenderAsync(PageRenderer pages, HttpContext context, AccountForm form, Failure? failure, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var fields = failure?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal);
        return pages.RenderAsync(
            new PageHead("account", "account")
            {
                Title = "Your account",
                Status = failure is null ? StatusCodes.Status200OK : Failures.StatusOf(failure),
                HasForm = true,
                IsHiddenFromSearch = true,
            },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["form"] = new Drop
                {
                    ["error"] = failure is { Fields: null } ? failure.Message : null,
                    ["done"] = form.Done,
                    ["name"] = form.Name,
                    ["email"] = form.Email,
                    ["errors"] = new Drop
                    {
                        ["name"] = fields.GetValueOrDefault("name"),
                        ["email"] = fields.GetValueOrDefault("email"),
                        ["password"] = form.IsAboutPassword ? null : fields.GetValueOrDefault("currentPassword"),
                        ["current_password"] = form.IsAboutPassword ? fields.GetValueOrDefault("currentPassword") : null,
                        ["new_password"] = fields.GetValueOrDefault("newPassword") ?? fields.GetValueOrDefault("password"),
                    },
                },
            },
            cancellationToken);
    }

    /// <summary>What the page shows, as it stands or as it was posted.</summary>
    private sealed record AccountForm(string Name, string Email)
    {
        /// <summary>What the last form did: <c>saved</c>, <c>password</c>, or <c>stale</c> when it was refused for its age.</summary>
        public string? Done { get; init; }

        public bool IsAboutPassword { get; init; }
    }
}
