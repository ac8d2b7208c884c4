using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Channels;

/// <summary>Channels: who publishes.</summary>
public static class ChannelsFeature
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddScoped<ChannelQueries>()
        .AddScoped<EditChannel>();
}
