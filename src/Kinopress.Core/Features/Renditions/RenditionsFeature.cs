using Kinopress.Core.Events;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Renditions: what is made of an original so that everybody can watch it.</summary>
public static class RenditionsFeature
{
    public static IServiceCollection AddRenditions(this IServiceCollection services) => services
        .AddSingleton<MediaProbe>()
        .AddSingleton<FfmpegRun>()
        .AddSingleton<WorkFolder>()
        .AddScoped<RenditionQueries>()
        .AddScoped<RenditionProgress>()
        .AddScoped<VideoPictures>()
        .AddScoped<JobHandler, PrepareVideo>()
        .AddScoped<JobHandler, EncodeRenditions>()
        .AddScoped<JobHandler, MakePoster>()
        .AddScoped<JobHandler, MakeStoryboard>()
        .AddScoped<EventReaction, PrepareRenditionsWhenVideoCreated>()
        .AddScoped<RetryJob>()
        .AddScoped<RetryVideo>()
        .AddScoped<TrimVideo>()
        .AddScoped<UntrimVideo>()
        .AddScoped<CancelJob>()
        .AddScoped<PurgeVideo>()
        .AddScoped<PurgeVideos>();
}
