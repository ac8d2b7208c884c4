using System.Security.Cryptography;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.DataProtection;

namespace Kinopress.Server.Studio.Account;

/// <summary>
/// Carries the secret of a new access token over the redirect after its form, in a protected cookie that lives for a minute
/// and is taken away by the page that shows it. The site itself keeps no secret.
/// </summary>
internal sealed class NewTokens(IDataProtectionProvider protection)
{
    private const string CookieName = "kinopress.new-token";
    private const string Path = "/studio/account";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public void Keep(HttpContext context, Caller caller, string secret) =>
        context.Response.Cookies.Append(CookieName, ProtectorOf(caller).Protect(secret, Lifetime), OptionsOf(context));

    /// <summary>The secret, this once; null when there is none, or it was made for somebody else.</summary>
    public string? Take(HttpContext context, Caller caller)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        context.Response.Cookies.Delete(CookieName, OptionsOf(context));
        try
        {
            return ProtectorOf(caller).Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(Caller caller) =>
        protection.CreateProtector("Kinopress.NewTokens", caller.UserId?.ToString() ?? "").ToTimeLimitedDataProtector();

    private static CookieOptions OptionsOf(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = Path, MaxAge = Lifetime };
}
