using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

/// <summary>Everything below <c>/rest/v1</c>.</summary>
internal static class ApiGroup
{
    public const string Prefix = "/rest/v1";

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Prefix).AddEndpointFilter<CrossSiteGuard>();
        api.MapSiteApi();
        api.MapVideos();
        api.MapLives();
        api.MapChat();
        api.MapEmotes();
        api.MapDestinations();
        api.MapJobs();
        api.MapUploads();
        api.MapAccount();
        api.MapChannels();
        app.MapOpenApiDocument();
    }

    /// <summary>Answers the questions browsers ask before a call from another site's page (Fetch §3.2.2). A route would hide what does not exist behind "method not allowed".</summary>
    public static void UsePreflight(this IApplicationBuilder app) => app.Use((context, next) =>
        HttpMethods.IsOptions(context.Request.Method)
        && context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.AccessControlRequestMethod.Count > 0
            ? Preflight(context).ExecuteAsync(context)
            : next(context));

    /// <summary>Any page may call with a token of its own; none may use a visitor's cookies (no credentials are allowed).</summary>
    private static NoContent Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "authorization, content-type, if-match, if-none-match, idempotency-key, tus-resumable, upload-length, upload-offset, upload-metadata, x-http-method-override";
        headers.AccessControlMaxAge = "86400";
        TusHeaders.Describe(headers, maxSize: null);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// A cookie travels by itself, so a change made with one must carry the antiforgery token too. Access tokens do not
    /// travel by themselves and need nothing more.
    /// </summary>
    private sealed class CrossSiteGuard(IAntiforgery antiforgery) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var http = context.HttpContext;
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlExposeHeaders = "location, etag, retry-after, tus-resumable, upload-offset, upload-length, upload-expires, kinopress-video";
            http.Response.Headers.CacheControl = "no-store";
            var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
            if (!isRead && http.RequestServices.GetRequiredService<CurrentCaller>().SessionId is not null
                && !await antiforgery.IsRequestValidAsync(http))
            {
                return Failures.AntiforgeryInvalid.ToProblem();
            }

            return await next(context);
        }
    }

    /// <summary>Asks for a signed-in caller whose token, if any, carries the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new ScopeRequirement(scope)));
        return builder.AddEndpointFilter(async (context, next) =>
        {
            var caller = context.HttpContext.RequestServices.GetRequiredService<Caller>();
            if (!caller.IsSignedIn)
            {
                return Core.Features.Accounts.AccountFailures.SignInRequired.ToProblem();
            }

            return caller.HasScope(scope) ? await next(context) : Failures.ScopeMissing(scope).ToProblem();
        });
    }
}

/// <summary>What a route asks of an access token; read by the API's description.</summary>
internal sealed record ScopeRequirement(string Scope);
