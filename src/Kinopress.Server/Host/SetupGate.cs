namespace Kinopress.Server.Host;

/// <summary>Before its owner has set the site up, every page leads to the one that says how.</summary>
internal sealed class SetupGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, SiteSettings settings)
    {
        var path = context.Request.Path;
        var isPage = HttpMethods.IsGet(context.Request.Method)
            && !path.StartsWithSegments("/setup", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWithSegments("/media", StringComparison.OrdinalIgnoreCase)
            && path.Value is not ("/healthz" or "/readyz" or "/favicon.ico");
        if (isPage && !(await settings.GetAsync(context.RequestAborted)).IsSetUp)
        {
            context.Response.Redirect("/setup");
            return;
        }

        await next(context);
    }
}
