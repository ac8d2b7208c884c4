using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Authentication;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// Finds out who calls, once for each request: a bearer token where one is sent to the API, else the browser's session.
/// Pages know no tokens, so that a token's scopes cannot be walked around through a form. Handlers take the
/// <see cref="Caller"/> as a parameter.
/// </summary>
internal sealed class CallerResolution(RequestDelegate next)
{
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context, CurrentCaller current)
    {
        if (context.Request.Path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase)
            && context.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
        {
            // Only here: a database context for every segment would cost more than sending it.
            var accounts = context.RequestServices.GetRequiredService<AccountQueries>();
            var caller = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? await accounts.FindCallerByTokenAsync(authorization[Bearer.Length..].Trim(), context.RequestAborted)
                : null;
            if (caller is null)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                await Failures.TokenInvalid.ToProblem().ExecuteAsync(context);
                return;
            }

            current.Caller = caller;
        }
        else if (HasSessionCookie(context))
        {
            var session = await context.AuthenticateAsync(Sessions.Scheme);
            if (session is { Succeeded: true })
            {
                context.User = session.Principal;
                current.Caller = Sessions.CallerOf(session.Principal);
                current.SessionId = Sessions.SessionIdOf(session.Principal);
            }
        }

        await next(context);
    }

    public static bool HasSessionCookie(HttpContext context) =>
        context.Request.Cookies.ContainsKey(HostPrefixCookieManager.Named(context, Sessions.CookieName));
}

/// <summary>Who calls, for the length of a request.</summary>
internal sealed class CurrentCaller
{
    public Caller Caller { get; set; } = Caller.Stranger;

    /// <summary>Null for strangers and tokens.</summary>
    public string? SessionId { get; set; }
}
