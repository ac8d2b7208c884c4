using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kinopress.Core;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Kinopress.Server.Api.V1;
using Kinopress.Server.Chat;
using Kinopress.Server.Host.Assets;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Host.Security;
using Kinopress.Server.Ingest;
using Kinopress.Server.Playback;
using Kinopress.Server.Site;
using Kinopress.Server.Studio;
using Kinopress.Server.Worker;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Console;

namespace Kinopress.Server.Host;

/// <summary>Puts the executable together: services, then the pipeline in the order in which a request passes it.</summary>
public static class KinopressHost
{
    // Enough for the longest form; what strangers send is read before anybody asks who they are.
    private const long MaxRequestBody = 256 * 1024;

    // A part of a low quality goes out whole: at 64 KiB, the default, its tail waits for another turn.
    private const int ResponseBuffer = 160 * 1024;

    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    /// <param name="customise">Replaces services, for tests; null for none.</param>
    public static WebApplication Build(KinopressOptions options, DataFolder folder, Action<WebApplicationBuilder>? customise)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "kinopress",
            ContentRootPath = AppContext.BaseDirectory, // where somebody happens to stand configures nothing
            Args = ["--hostBuilder:reloadConfigOnChange=false"], // else every folder below is watched
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody; // uploads lift it for themselves
            kestrel.Limits.MaxResponseBufferSize = ResponseBuffer;
        });
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false); // a block of memory for each connection is less than a call of the system for each request
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Kinopress", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // else each request gets an activity and a scope nobody reads
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None); // failures are logged once, at the edge
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error); // it warns of every page with a form that it set Cache-Control
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR", LogLevel.None); // what strangers send to the chat is theirs to mend
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Connections", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // a failed start is one line from the command
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is for answers
        AddServices(builder.Services, options, folder);
        customise?.Invoke(builder);

        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    /// <summary>What has to be done before the first request.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        await Database.PrepareAsync(provider.GetRequiredService<KinopressDbContext>(), provider.GetRequiredService<TimeProvider>(), cancellationToken);
    }

    /// <summary>Makes every endpoint's delegate now instead of at the first request.</summary>
    public static void BuildEndpoints(WebApplication app) => _ = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    private static void AddServices(IServiceCollection services, KinopressOptions options, DataFolder folder)
    {
        services.AddKinopressCore(options, folder);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, options.TrustedProxyList()));
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.MaxDepth = 32;
        });

        services.AddDataProtection().SetApplicationName("Kinopress").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("traceId", context.HttpContext.TraceIdentifier));
        services.AddExceptionHandler<ErrorHandling>();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-CSRF-TOKEN";
            antiforgery.Cookie.Name = "kinopress.antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it better
        });
        services.AddSessions();
        services.AddSingleton<KnownBrowsers>();
        services.AddRateLimiter(RateLimits.Configure);
        services.AddOutputCache(cache =>
        {
            cache.AddPolicy(PageCaching.Tag, new PageCaching());
            cache.SizeLimit = 32 * 1024 * 1024;
            cache.MaximumBodySize = 1024 * 1024;
            cache.UseCaseSensitivePaths = true; // a video's name is
        });

        services.AddScoped<CurrentCaller>();
        services.AddScoped(provider => provider.GetRequiredService<CurrentCaller>().Caller);
        services.AddSingleton<AssetCatalog>();
        services.AddSingleton<CacheEpoch>();
        services.AddSingleton<SiteSettings>();
        services.AddSingleton<FfmpegPresence>();
        services.AddSingleton<HotParts>();
        services.AddSingleton<ConnectionMemory>();
        services.AddSingleton<IMemoryPoolFactory<byte>>(provider => provider.GetRequiredService<ConnectionMemory>());
        services.AddSingleton<PlaybackManifests>();
        services.AddSingleton<LiveAudiences>();
        services.AddSingleton<StrangersLives>();
        services.AddSingleton<LiveNews>();
        services.AddScoped<LiveMediaRequest>();
        services.AddSingleton<ReloadPlaces>();
        services.AddSingleton(MediaTokensFor);
        services.AddScoped<MediaUrls>();
        services.AddSingleton<IngestAddress>();
        services.AddSingleton<ShownOnce>();
        services.AddScoped<MediaRequest>();
        services.AddScoped<SystemHealth>();
        services.AddSiteFace();
        services.AddStudio();
        services.AddApi();
        services.AddChatFace(options);
        services.AddSingleton<OrphanedPrograms>();
        services.AddHostedService<LiveService>();
        services.AddHostedService<LivePictureService>();
        services.AddIngest();
        services.AddHostedService<CacheInvalidation>();
        services.AddHostedService<EventService>();
        services.AddHostedService<JobService>();
        services.AddHostedService<HousekeepingService>();
        LeaveKeysForLater(services);
    }

    // Data protection reads its keys at each start, with a reader of XML. Who signs in needs them; a visitor does not.
    private static void LeaveKeysForLater(IServiceCollection services)
    {
        foreach (var reader in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly).ToList())
        {
            services.Remove(reader);
        }
    }

    private static void UsePipeline(WebApplication app)
    {
        LeaveOut(app, "__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet");
        app.UseHotParts(); // before anything that asks whose request it is: these are for everybody
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseStatusCodePages(ErrorPages.WriteAsync);
        app.UseExceptionHandler();
        app.UsePreflight();
        app.UseChatOrigins();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UseMiddleware<CallerResolution>();
        app.UseMiddleware<SetupGate>();
        app.UseAntiforgery();
        app.UseMiddleware<AntiforgeryGate>();
        app.UseWebSockets();

        app.MapHealth();
        app.MapAssets();
        app.MapPlayback();
        app.MapLivePlayback();
        app.MapEmotePictures();
        app.MapIngest();
        app.MapApi();
        app.MapChat();
        app.MapStudio();
        app.MapSite();
    }

    // A web application puts these before everything else where their services exist, for each segment of each viewer. Who calls is found out by
    // CallerResolution, and what he may do by the queries.
    private static void LeaveOut(IApplicationBuilder app, params IReadOnlyList<string> marks)
    {
        foreach (var mark in marks)
        {
            app.Properties[mark] = true;
        }
    }

    private static void Trust(ForwardedHeadersOptions forwarded, IReadOnlyList<string> proxies)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            else if (IPAddress.TryParse(proxy, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
        }
    }

    // Derived from the site's own key, so that every node of a site makes and accepts the same addresses.
    private static MediaTokens MediaTokensFor(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        var privateKey = db.SiteKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).First().PrivateKey;
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, privateKey, outputLength: 32, info: Encoding.UTF8.GetBytes("media addresses"));
        return new MediaTokens(key, services.GetRequiredService<TimeProvider>());
    }
}
