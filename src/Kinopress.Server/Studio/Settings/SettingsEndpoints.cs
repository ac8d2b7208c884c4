using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Settings;

/// <summary>The site's settings.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettingsPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/settings", ShowAsync);
        studio.MapPost("/settings", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(Caller caller, SiteQueries sites, StudioFrames frames, CancellationToken cancellationToken)
    {
        if (!caller.May(Capability.ManageSite))
        {
            return TypedResults.NotFound();
        }

        var site = await sites.GetAsync(cancellationToken);
        var frame = await frames.CreateAsync(StudioArea.Settings, caller, cancellationToken);
        return StudioPages.Show<SiteSettingsPage>(new SiteSettingsView(
            frame, site.Name, site.Tagline ?? "", site.RegistrationOpen, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private static async Task<IResult> SaveAsync(
        [FromForm] string? siteName,
        [FromForm] string? tagline,
        [FromForm] string? openSignUp,
        Caller caller,
        EditSite editSite,
        SiteSettings settings,
        StudioFrames frames,
        CancellationToken cancellationToken)
    {
        var isOpen = openSignUp == "true";
        if (!(await editSite.RunAsync(new SiteEdit(siteName ?? "", tagline ?? "", isOpen), caller, cancellationToken)).Failed(out var failure))
        {
            settings.Drop();
            return StudioPages.Back(returnTo: null, "/studio/settings", "saved", publicId: null);
        }

        if (failure.Kind == FailureKind.Forbidden)
        {
            return TypedResults.NotFound();
        }

        var errors = failure.Fields?.ToDictionary(field => field.Key == "name" ? "siteName" : field.Key, field => field.Value, StringComparer.Ordinal) ?? [];
        var frame = await frames.CreateAsync(StudioArea.Settings, caller, cancellationToken);
        return StudioPages.Show<SiteSettingsPage>(
            new SiteSettingsView(frame, siteName ?? "", tagline ?? "", isOpen, errors), Failures.StatusOf(failure));
    }
}
