using Kinopress.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Site;

/// <summary>Reads about the site as a whole.</summary>
public sealed class SiteQueries(KinopressDbContext db)
{
    public async Task<SiteView> GetAsync(CancellationToken cancellationToken) =>
        SiteView.Of(await db.Sites.AsNoTracking().SingleAsync(cancellationToken));
}

/// <summary>The site as everybody sees it.</summary>
/// <param name="IsSetUp">False until its owner has finished the wizard.</param>
public sealed record SiteView(Guid Id, string Name, string? Tagline, string Language, bool RegistrationOpen, bool IsSetUp)
{
    internal static SiteView Of(SiteProfile site) =>
        new(site.Id, site.Name, site.Tagline, site.Language, site.RegistrationOpen, site.SetUpAt is not null);
}
