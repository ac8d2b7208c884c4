using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Security;
using Kinopress.Server.Studio.Account;
using Kinopress.Server.Studio.Broadcast;
using Kinopress.Server.Studio.Channel;
using Kinopress.Server.Studio.Chat;
using Kinopress.Server.Studio.Destinations;
using Kinopress.Server.Studio.Lives;
using Kinopress.Server.Studio.Settings;
using Kinopress.Server.Studio.Setup;
using Kinopress.Server.Studio.Upload;
using Kinopress.Server.Studio.Videos;
using Microsoft.AspNetCore.Antiforgery;

namespace Kinopress.Server.Studio;

/// <summary>The pages creators and owners work in: plain forms, each answered by a redirect.</summary>
internal static class StudioEndpoints
{
    public static IServiceCollection AddStudio(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services.AddScoped<StudioFrames>().AddScoped<VideoViews>().AddScoped<LiveViews>().AddScoped<ChatPageViews>().AddScoped<DestinationRows>().AddScoped<AccountPages>().AddSingleton<NewTokens>();
    }

    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        var setup = app.MapGroup("/setup").ExcludeFromDescription().RequireRateLimiting(RateLimits.Credentials);
        setup.MapSetup();

        var studio = app.MapGroup("/studio").ExcludeFromDescription().AddEndpointFilter(RequireCreatorAsync)
            .WithMetadata(new RequireAntiforgeryTokenAttribute()); // also where a form has no field to read
        studio.MapVideoPages();
        studio.MapVideoChapters();
        studio.MapLivePages();
        studio.MapChatPage();
        studio.MapEmotesPage();
        studio.MapUploadPage();
        studio.MapChannelPage();
        studio.MapBroadcastPage();
        studio.MapDestinationPages();
        studio.MapDestinationPage();
        studio.MapSettingsPage();
        studio.MapAccountPage();
    }

    private static async ValueTask<object?> RequireCreatorAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (!caller.IsSignedIn)
        {
            return TypedResults.LocalRedirect($"/login?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        }

        http.Response.Headers.CacheControl = "no-store";
        return caller.May(Capability.ManageOwnVideos) ? await next(context) : TypedResults.LocalRedirect("/");
    }
}
