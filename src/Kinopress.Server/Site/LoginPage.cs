using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Kinopress.Themes;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Site;

internal static class LoginPage
{
    public static async Task<IResult> GetAsync(string? returnUrl, bool? ended, Caller caller, PageRenderer pages, SiteSettings settings, CancellationToken cancellationToken) =>
        caller.IsSignedIn
            ? TypedResults.LocalRedirect(LocalOr(returnUrl, "/"))
            : await RenderAsync(pages, settings, new LoginForm("", returnUrl, Error: null, HasEnded: ended is true), StatusCodes.Status200OK, cancellationToken);

    public static async Task<IResult> PostAsync(
        [FromForm(Name = "email")] string? email,
        [FromForm(Name = "password")] string? password,
        [FromForm(Name = "return_url")] string? returnUrl,
        HttpContext context,
        SignIn signIn,
        KnownBrowsers browsers,
        PageRenderer pages,
        SiteSettings settings,
        CancellationToken cancellationToken)
    {
        if ((await signIn.RunAsync(email ?? "", password ?? "", browsers.OriginOf(context), cancellationToken)).Failed(out var failure, out var user))
        {
            return await RenderAsync(pages, settings, new LoginForm(email, returnUrl, failure.Message, HasEnded: false), Failures.StatusOf(failure), cancellationToken);
        }

        browsers.Remember(context, user);
        await Sessions.SignInAsync(context, user);
        var home = Role.Named(user.Role).Capabilities.Contains(Capability.ManageOwnVideos) ? "/studio" : "/";
        return TypedResults.LocalRedirect(LocalOr(returnUrl, home));
    }

    public static async Task<IResult> SignOutAsync(HttpContext context, [FromForm(Name = "return_url")] string? returnUrl)
    {
        await Sessions.SignOutAsync(context);
        return TypedResults.LocalRedirect(LocalOr(returnUrl, "/"));
    }

    /// <summary>The address of a door that leads back to a page of ours; the bare door for anything else.</summary>
    public static string DoorTo(string door, string? returnUrl) =>
        LocalOr(returnUrl, "/") is var way and not "/" ? $"{door}?returnUrl={Uri.EscapeDataString(way)}" : door;

    /// <summary>Never sends anybody to another site: only a path of ours passes.</summary>
    public static string LocalOr(string? returnUrl, string otherwise) =>
        returnUrl is ['/', ..] and not ['/', '/' or '\\', ..] && IsPlain(returnUrl) ? returnUrl : otherwise;

    // Printable ASCII: what an address is made of. Anything else has no business in a header.
    private static bool IsPlain(string path) => path.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 && !path.Contains('\\', StringComparison.Ordinal);

    private static async Task<IResult> RenderAsync(
        PageRenderer pages, SiteSettings settings, LoginForm form, int status, CancellationToken cancellationToken) =>
        await pages.RenderAsync(
            new PageHead("login", "login") { Title = "Sign in", Status = status, HasForm = true, IsHiddenFromSearch = true },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["form"] = new Drop
                {
                    ["error"] = form.Error,
                    ["has_ended"] = form.HasEnded,
                    ["email"] = form.Email,
                    ["return_url"] = LocalOr(form.ReturnUrl, ""),
                    ["register_url"] = DoorTo("/register", form.ReturnUrl),
                    ["can_register"] = (await settings.GetAsync(cancellationToken)).RegistrationOpen,
                },
            },
            cancellationToken);

    /// <param name="HasEnded">True when a session ended while its owner was sending a form.</param>
    private sealed record LoginForm(string? Email, string? ReturnUrl, string? Error, bool HasEnded);
}
