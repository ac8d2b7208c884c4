using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Lives;

/// <summary>Lives: what is broadcast, when, to whom, and what it leaves behind.</summary>
public static class LivesFeature
{
    public static IServiceCollection AddLives(this IServiceCollection services) => services
        .AddSingleton<LiveStatusBoard>()
        .AddScoped<LiveQueries>()
        .AddScoped<LiveSessionQueries>()
        .AddScoped<CreateLive>()
        .AddScoped<EditLive>()
        .AddScoped<DeleteLive>()
        .AddScoped<RestoreLive>()
        .AddScoped<PurgeLives>()
        .AddScoped<RotateStreamKey>()
        .AddScoped<AddLiveMarker>()
        .AddScoped<EndLive>()
        .AddScoped<StartLiveSession>()
        .AddScoped<InterruptLiveSession>()
        .AddScoped<ResumeLiveSession>()
        .AddScoped<EndLiveSession>();
}
