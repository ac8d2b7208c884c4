using Kinopress.Server.Host;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Site;

/// <summary>The pages visitors see.</summary>
internal static class SiteEndpoints
{
    // Monitors and link checkers ask with HEAD.
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddSiteFace(this IServiceCollection services) => services
        .AddSingleton<ThemeFace>()
        .AddSingleton<LiveNavigation>()
        .AddScoped<PageRenderer>()
        .AddScoped<LivePage>()
        .AddScoped<ChatDrops>()
        .AddScoped<Drops>();

    public static void MapSite(this IEndpointRouteBuilder app)
    {
        app.MapGet("/theme/{hash}/{**path}", (string hash, string path, ThemeFace theme, HttpContext context) => theme.Serve(hash, path, context)).ExcludeFromDescription();

        var pages = app.MapGroup("").CacheOutput(PageCaching.Tag).ExcludeFromDescription();
        pages.MapMethods("/", Reads, HomePage.GetAsync);
        pages.MapMethods(LivesPage.Path, Reads, LivesPage.GetAsync);
        pages.MapMethods("/watch/{publicId}", Reads, WatchPage.GetAsync);
        pages.MapMethods("/embed/{publicId}", Reads, WatchPage.EmbedAsync);
        pages.MapMethods("/@{handle}", Reads, ChannelPage.GetAsync);

        app.MapMethods("/watch/{publicId}/calendar.ics", Reads, LiveCalendar.GetAsync).ExcludeFromDescription();

        // Never kept: what is said changes all the time.
        var chat = app.MapGroup("/chat/{publicId}").ExcludeFromDescription();
        chat.MapMethods("", Reads, ChatPage.GetAsync);
        chat.MapPost("", ChatPage.PostAsync);
        chat.MapMethods("/overlay", Reads, ChatPage.OverlayAsync);

        var doors = app.MapGroup("").RequireRateLimiting(RateLimits.Credentials).ExcludeFromDescription();
        doors.MapGet("/login", LoginPage.GetAsync);
        doors.MapPost("/login", LoginPage.PostAsync);
        doors.MapPost("/logout", LoginPage.SignOutAsync);
        doors.MapGet("/account", AccountPage.GetAsync);
        doors.MapPost("/account", AccountPage.PostAsync);
        doors.MapPost("/account/password", AccountPage.ChangePasswordAsync);
        doors.MapGet("/account/password", () => TypedResults.LocalRedirect("/account"));
        doors.MapGet("/register", RegisterPage.GetAsync);
        doors.MapPost("/register", RegisterPage.PostAsync);
    }
}
