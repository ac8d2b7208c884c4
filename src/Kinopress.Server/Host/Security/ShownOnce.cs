using Microsoft.AspNetCore.DataProtection;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// Carries a secret over the redirect after a form, so that the page it leads to shows it once and reloading makes
/// nothing new. It travels encrypted in a cookie of that page and lives for a minute.
/// </summary>
internal sealed class ShownOnce(IDataProtectionProvider protection)
{
    private const string CookieName = "kinopress.once";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Kinopress.ShownOnce").ToTimeLimitedDataProtector();

    /// <param name="page">Path of the page that shows it.</param>
    public void Keep(HttpContext context, string page, string secret) =>
        context.Response.Cookies.Append(CookieName, _protector.Protect($"{page}\n{secret}", Lifetime), Options(context, page));

    /// <summary>Null when there is nothing for the page, or not any more.</summary>
    public string? Take(HttpContext context, string page)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 and < 4096 } sealedSecret)
        {
            return null;
        }

        context.Response.Cookies.Delete(CookieName, Options(context, page));
        try
        {
            return _protector.Unprotect(sealedSecret).Split('\n') is [var meant, var secret] && meant == page ? secret : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // too old, or not ours
        }
    }

    private static CookieOptions Options(HttpContext context, string page) => new()
    {
        Path = page,
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        MaxAge = Lifetime,
        IsEssential = true,
    };
}
