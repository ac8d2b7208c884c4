using System.Security.Cryptography;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.DataProtection;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// Knows browsers that have signed in before, by a protected cookie that outlives the session. It opens nothing: it only
/// spares its browser the waiting that strangers' wrong passwords cause.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string CookieName = "kinopress.known";
    private const char Separator = ' ';

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly HostPrefixCookieManager _cookies = new();
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Kinopress.KnownBrowsers").ToTimeLimitedDataProtector();

    public SignInOrigin OriginOf(HttpContext context)
    {
        var network = RateLimits.NetworkOf(context.Connection.RemoteIpAddress);
        return Read(context) is [var account, var browser] && Guid.TryParse(account, out var id)
            ? new SignInOrigin(network, id, browser)
            : new SignInOrigin(network, KnownAccount: null, Browser: null);
    }

    /// <summary>After a sign-in: the browser is known to this account, and no longer to another.</summary>
    public void Remember(HttpContext context, User user) => _cookies.AppendResponseCookie(
        context,
        CookieName,
        _protector.Protect($"{user.Id.Value}{Separator}{SecretToken.New("")[..16]}", Lifetime),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = Lifetime });

    private string[] Read(HttpContext context)
    {
        try
        {
            return _cookies.GetRequestCookie(context, CookieName) is { Length: > 0 } cookie ? _protector.Unprotect(cookie).Split(Separator) : [];
        }
        catch (CryptographicException)
        {
            return []; // forged, too old, or made under keys that are gone
        }
    }
}
