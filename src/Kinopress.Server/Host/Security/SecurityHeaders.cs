namespace Kinopress.Server.Host.Security;

/// <summary>What every answer tells the browser not to do. A page that needs more says so itself, before this runs.</summary>
internal static class SecurityHeaders
{
    private const string Common =
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; img-src 'self' data:; "
        + "media-src 'self' blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; ";

    public const string Page = Common + "frame-ancestors 'self'";

    /// <summary>An embed is made to stand in other people's pages.</summary>
    public const string Embed = Common + "frame-ancestors *";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/embed", StringComparison.Ordinal) ? Embed : Page;
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    });
}
