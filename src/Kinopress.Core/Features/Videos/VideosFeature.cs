using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Videos;

/// <summary>Videos: their words, their audience, their life.</summary>
public static class VideosFeature
{
    public static IServiceCollection AddVideos(this IServiceCollection services) => services
        .AddScoped<VideoQueries>()
        .AddScoped<PublishVideo>()
        .AddScoped<UnpublishVideo>()
        .AddScoped<EditVideo>()
        .AddScoped<EditChapters>()
        .AddScoped<DeleteVideo>()
        .AddScoped<RestoreVideo>();
}
