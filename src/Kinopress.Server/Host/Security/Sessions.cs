using System.Security.Claims;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Kinopress.Server.Host.Security;

/// <summary>Browser sessions: a signed cookie that names the user and the security stamp it was made under.</summary>
internal static class Sessions
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string CookieName = "kinopress.session";

    private const string StampClaim = "stamp";
    private const string SessionClaim = "sid";
    private const string RoleClaim = "role";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.Path = "/";
            cookie.CookieManager = new HostPrefixCookieManager();
            cookie.ExpireTimeSpan = Lifetime;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        return services;
    }

    public static Task SignInAsync(HttpContext context, User user)
    {
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new Claim(RoleClaim, user.Role),
            new Claim(StampClaim, user.SessionStamp),
            new Claim(SessionClaim, SecretToken.New("")[..16]),
        ],
        Scheme);
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The caller behind a validated cookie.</summary>
    public static Caller CallerOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            ? new Caller(userId, Role.Named(principal.FindFirstValue(RoleClaim) ?? "").Capabilities, Scopes: null)
            : Caller.Stranger;

    /// <summary>Random, one for each sign-in; media addresses are bound to it. Null without a session.</summary>
    public static string? SessionIdOf(ClaimsPrincipal principal) => principal.FindFirstValue(SessionClaim);

    /// <summary>What the session was made under, for connections that last longer than a request. Null without a session.</summary>
    public static string? StampOf(ClaimsPrincipal? principal) => principal?.FindFirstValue(StampClaim);

    // Asks the database each time: one look-up by primary key, and a changed password or role takes effect at once.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.Request.Path.StartsWithSegments("/media", StringComparison.OrdinalIgnoreCase))
        {
            return; // media addresses carry a short-lived signature of their own
        }

        var services = context.HttpContext.RequestServices;
        var accounts = services.GetRequiredService<AccountQueries>();
        var principal = context.Principal;
        if (principal is not null && Id<User>.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), provider: null, out var id))
        {
            var session = await accounts.FindSessionAsync(id, context.HttpContext.RequestAborted);
            if (session is not null
                && session.Stamp == principal.FindFirstValue(StampClaim)
                && session.Role == principal.FindFirstValue(RoleClaim))
            {
                return;
            }
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
