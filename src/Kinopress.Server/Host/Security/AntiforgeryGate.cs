using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinopress.Server.Host.Security;

/// <summary>
/// Stops a form whose antiforgery token is missing, wrong or of a session that ended, before anything reads it. A form of
/// somebody's own pages leads back to its page, by way of signing in where that is needed; its script brings back what was
/// typed.
/// </summary>
internal sealed class AntiforgeryGate(RequestDelegate next)
{
    private static readonly string[] OwnPages = ["/studio", "/account"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(context);
            return;
        }

        if (OwnPages.Any(page => context.Request.Path.StartsWithSegments(page, StringComparison.OrdinalIgnoreCase)) && PageOf(context) is { } page)
        {
            var isSignedIn = context.RequestServices.GetRequiredService<CurrentCaller>().Caller.IsSignedIn;
            context.Response.Redirect(isSignedIn ? QueryHelpers.AddQueryString(page, "done", "stale") : $"/login?ended=true&returnUrl={Uri.EscapeDataString(page)}");
            return;
        }

        if (ErrorHandling.WantsPage(context))
        {
            context.Items[ErrorHandling.FailureItem] = Failures.AntiforgeryInvalid;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await context.WriteProblemAsync(Failures.AntiforgeryInvalid);
    }

    /// <summary>Where the form stood, as the browser says; null when it does not say, or names another site.</summary>
    private static string? PageOf(HttpContext context) =>
        Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var referrer) && referrer.Authority == context.Request.Host.Value
            && !referrer.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? referrer.PathAndQuery
            : null;
}
