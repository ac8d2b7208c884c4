using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinopress.Server.Ingest;

/// <summary>The ingest's table of contents.</summary>
internal static class IngestServices
{
    /// <remarks>Started after what recovers lives from a crash, and stopped before what ends them.</remarks>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton<IConnectionListenerFactory, SocketTransportFactory>();
        return services
            .AddSingleton<IngestGuard>()
            .AddSingleton<IngestCertificate>()
            .AddSingleton<RtmpIngest>()
            .AddSingleton<RtmpService>()
            .AddHostedService(provider => provider.GetRequiredService<RtmpService>());
    }
}
