using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kinopress.Architecture.Tests.Support;

/// <summary>The real host on a folder of its own, without its background work. Disposing deletes the folder.</summary>
internal sealed class BuiltSite : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinopress-architecture-").FullName;

    public BuiltSite()
    {
        var options = new KinopressOptions { Data = _folder, Urls = "http://127.0.0.1:0" };
        App = KinopressHost.Build(options, DataFolder.Open(_folder), WithoutWorkers);
    }

    public WebApplication App { get; }

    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. ((IEndpointRouteBuilder)App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void WithoutWorkers(WebApplicationBuilder builder)
    {
        foreach (var worker in builder.Services
            .Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == Rooms.Server).ToList())
        {
            builder.Services.Remove(worker);
        }
    }
}
