using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class SiteApi
{
    /// <summary>Rises when a capability is added; clients compare it instead of version strings.</summary>
    private const int ApiLevel = 2;

    public static void MapSiteApi(this RouteGroupBuilder api)
    {
        var site = api.MapGroup("/site").WithTags("Site");
        site.MapGet("", Get).WithName("getSite").WithSummary("What this site is, its version and what it can do");
        site.MapPatch("", Edit).WithName("editSite").WithSummary("Change the site's name and rules").RequireScope(Scope.SiteManage);
    }

    private static async Task<Ok<SiteResponse>> Get(SiteQueries sites, CancellationToken cancellationToken) =>
        TypedResults.Ok(SiteResponse.From(await sites.GetAsync(cancellationToken), ApiLevel));

    private static async Task<Results<Ok<SiteResponse>, ProblemHttpResult>> Edit(
        SiteEdit body, Caller caller, EditSite editSite, CancellationToken cancellationToken) =>
        (await editSite.RunAsync(body, caller, cancellationToken)).Match<Results<Ok<SiteResponse>, ProblemHttpResult>>(
            site => TypedResults.Ok(SiteResponse.From(site, ApiLevel)),
            failure => failure.ToProblem());
}

/// <summary>This installation.</summary>
/// <param name="Id">Never changes, whatever the domain does.</param>
/// <param name="Capabilities">Stable words for what clients may rely on.</param>
public sealed record SiteResponse(
    Guid Id,
    string Name,
    string? Tagline,
    string Language,
    bool RegistrationOpen,
    bool IsSetUp,
    string Software,
    string Version,
    int ApiLevel,
    IReadOnlyList<string> Capabilities)
{
    internal static SiteResponse From(SiteView site, int apiLevel) => new(
        site.Id,
        site.Name,
        site.Tagline,
        site.Language,
        site.RegistrationOpen,
        site.IsSetUp,
        "kinopress",
        ProductVersion.Text,
        apiLevel,
        ["uploads.tus", "videos", "videos.trim", "playback.hls", "lives"]);
}
