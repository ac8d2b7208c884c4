using Microsoft.AspNetCore.Authentication.Cookies;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// Adds <c>__Host-</c> to a cookie's name under HTTPS (RFC 6265bis §4.1.3.2), so that no other host or plain-HTTP page
/// can set it. Plain HTTP, as on a first local run, keeps the bare name: browsers refuse the prefix there.
/// </summary>
internal sealed class HostPrefixCookieManager : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Named(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Named(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Named(context, key), options);

    public static string Named(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
