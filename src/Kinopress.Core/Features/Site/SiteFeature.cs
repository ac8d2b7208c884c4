using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Site;

/// <summary>Site: what this installation is.</summary>
public static class SiteFeature
{
    public static IServiceCollection AddSite(this IServiceCollection services) => services
        .AddSingleton<SiteSecrets>()
        .AddScoped<SiteQueries>()
        .AddScoped<EnsureSiteExists>()
        .AddScoped<CreateSetupLink>()
        .AddScoped<EditSite>();
}
