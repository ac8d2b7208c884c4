using Kinopress.Core.Data;
using Kinopress.Core.Events;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Setup;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinopress.Core;

/// <summary>The product's table of contents.</summary>
public static class CoreServices
{
    public static IServiceCollection AddKinopressCore(this IServiceCollection services, KinopressOptions options, DataFolder folder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IProcessRunner, ProcessRunner>();
        return services
            .AddSingleton(options)
            .AddSingleton(folder)
            .AddSingleton<ChangeSignal>()
            .AddSingleton<IBlobStore, DiskBlobStore>()
            .AddKinopressDatabase(options, folder)
            .AddSingleton(provider => NodeIdentity.Load(folder, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<JobRunner>()
            .AddSingleton<EventPump>()
            .AddSite()
            .AddAccounts()
            .AddChannels()
            .AddSetup()
            .AddVideos()
            .AddRenditions()
            .AddLives()
            .AddChat()
            .AddDestinations()
            .AddUploads();
    }
}
