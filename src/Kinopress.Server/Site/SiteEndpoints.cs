using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Site;

/// <summary>The pages visitors see.</summary>
internal static class SiteEndpoints
{
    public static IServiceCollection AddSiteFace(this IServiceCollection services) => services
        .AddSingleton<ThemeFace>()
        .AddScoped<PageRenderer>()
        .AddScoped<Drops>();

    public static void MapSite(this IEndpointRouteBuilder app)
    {
        app.MapGet("/theme/{hash}/{**path}", (string hash, string path, ThemeFace theme, HttpContext context) => theme.Serve(hash, path, context)).ExcludeFromDescription();

        var pages = app.MapGroup("").CacheOutput(PageCaching.Tag).ExcludeFromDescription();
        pages.MapGet("/", HomePage.GetAsync);
        pages.MapGet("/watch/{publicId}", WatchPage.GetAsync);
        pages.MapGet("/embed/{publicId}", WatchPage.EmbedAsync);
        pages.MapGet("/@{handle}", ChannelPage.GetAsync);

        var doors = app.MapGroup("").RequireRateLimiting(RateLimits.Credentials).ExcludeFromDescription();
        doors.MapGet("/login", LoginPage.GetAsync);
        doors.MapPost("/login", LoginPage.PostAsync);
        doors.MapPost("/logout", LoginPage.SignOutAsync);
        doors.MapGet("/register", RegisterPage.GetAsync);
        doors.MapPost("/register", RegisterPage.PostAsync);
    }
}
