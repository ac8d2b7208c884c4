using System.Globalization;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.OutputCaching;

namespace Kinopress.Server.Host;

/// <summary>
/// Keeps pages that strangers see in memory. A visitor with a session always gets a page of his own. Events drop all
/// pages; the minute bounds what ages by itself, such as "two hours ago".
/// </summary>
internal sealed class PageCaching : IOutputCachePolicy
{
    public const string Tag = "pages";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var cacheable = HttpMethods.IsGet(request.Method)
            && !CallerResolution.HasSessionCookie(context.HttpContext)
            && request.Headers.Authorization.Count == 0;
        context.EnableOutputCaching = cacheable;
        context.AllowCacheLookup = cacheable;
        context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Lifetime;
        context.CacheVaryByRules.QueryKeys = "cursor";
        context.CacheVaryByRules.VaryByHost = true;
        var epoch = context.HttpContext.RequestServices.GetRequiredService<CacheEpoch>();
        context.CacheVaryByRules.VaryByValues["epoch"] = epoch.Current.ToString(CultureInfo.InvariantCulture);
        context.Tags.Add(Tag);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }
}
