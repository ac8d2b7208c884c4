using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Setup;

/// <summary>Setup: from an empty installation to somebody's site.</summary>
public static class SetupFeature
{
    public static IServiceCollection AddSetup(this IServiceCollection services) => services.AddScoped<SetUpSite>();
}
