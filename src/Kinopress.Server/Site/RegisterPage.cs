using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Kinopress.Themes;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Site;

internal static class RegisterPage
{
    public static async Task<IResult> GetAsync(string? returnUrl, PageRenderer pages, SiteSettings settings, CancellationToken cancellationToken) =>
        (await settings.GetAsync(cancellationToken)).RegistrationOpen
            ? await RenderAsync(pages, new NewAccount("", "", ""), returnUrl, failure: null, cancellationToken)
            : await ErrorPages.RenderAsync(pages, AccountFailures.RegistrationClosed, cancellationToken);

    public static async Task<IResult> PostAsync(
        [FromForm(Name = "name")] string? name,
        [FromForm(Name = "email")] string? email,
        [FromForm(Name = "password")] string? password,
        [FromForm(Name = "return_url")] string? returnUrl,
        HttpContext context,
        RegisterUser registerUser,
        PageRenderer pages,
        CancellationToken cancellationToken)
    {
        var account = new NewAccount(name, email, password);
        if ((await registerUser.RunAsync(account, cancellationToken)).Failed(out var failure, out var user))
        {
            return failure == AccountFailures.RegistrationClosed
                ? await ErrorPages.RenderAsync(pages, failure, cancellationToken)
                : await RenderAsync(pages, account, returnUrl, failure, cancellationToken);
        }

        await Sessions.SignInAsync(context, user);
        return TypedResults.LocalRedirect(LoginPage.LocalOr(returnUrl, "/"));
    }

    private static Task<IResult> RenderAsync(PageRenderer pages, NewAccount account, string? returnUrl, Failure? failure, CancellationToken cancellationToken) =>
        pages.RenderAsync(
            new PageHead("register", "register")
            {
                Title = "Make an account",
                Status = failure is null ? StatusCodes.Status200OK : Failures.StatusOf(failure),
                HasForm = true,
                IsHiddenFromSearch = true,
            },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["form"] = new Drop
                {
                    ["error"] = failure?.Message,
                    ["name"] = account.Name,
                    ["email"] = account.Email,
                    ["return_url"] = LoginPage.LocalOr(returnUrl, ""),
                    ["login_url"] = LoginPage.DoorTo("/login", returnUrl),
                    ["errors"] = new Drop((failure?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal))
                        .Select(field => KeyValuePair.Create(field.Key, (object?)field.Value))),
                },
            },
            cancellationToken);
}
