using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Destinations: other services that lives are passed on to.</summary>
public static class DestinationsFeature
{
    public static IServiceCollection AddDestinations(this IServiceCollection services) => services
        .AddSingleton<DestinationBoard>()
        .AddScoped<DestinationQueries>()
        .AddScoped<AddDestination>()
        .AddScoped<EditDestination>()
        .AddScoped<EnableDestination>()
        .AddScoped<DeleteDestination>();
}
