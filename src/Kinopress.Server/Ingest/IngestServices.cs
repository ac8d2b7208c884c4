namespace Kinopress.Server.Ingest;

/// <summary>The ingest's table of contents.</summary>
internal static class IngestServices
{
    /// <remarks>Started after what recovers lives from a crash, and stopped before what ends them.</remarks>
    public static IServiceCollection AddIngest(this IServiceCollection services) =>
        services
            .AddSingleton(_ => new IngestPulse(TimeProvider.System)) // sockets know no other clock
            .AddSingleton<IngestGuard>()
            .AddSingleton<IngestCertificate>()
            .AddSingleton<BrowserIngest>()
            .AddSingleton<RtmpIngest>()
            .AddSingleton<RtmpService>()
            .AddHostedService(provider => provider.GetRequiredService<RtmpService>())
            .AddSingleton<RestreamConnector>()
            .AddHostedService<RestreamService>();

    /// <remarks>Browsers open a WebSocket by GET, or by CONNECT over HTTP/2 (RFC 8441).</remarks>
    public static void MapIngest(this IEndpointRouteBuilder app) =>
        app.MapMethods("/ingest/live", [HttpMethods.Get, HttpMethods.Connect], (HttpContext context, BrowserIngest ingest) => ingest.ServeAsync(context)).ExcludeFromDescription();
}
