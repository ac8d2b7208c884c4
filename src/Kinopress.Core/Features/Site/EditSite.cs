using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Site;

/// <summary>Changes the site's words and rules.</summary>
public sealed class EditSite(KinopressDbContext db, TimeProvider clock)
{
    /// <returns>The site as it is now; or <c>site.not_allowed</c>, <c>site.invalid</c>.</returns>
    public async Task<Result<SiteView>> RunAsync(SiteEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Capability.ManageSite))
        {
            return SiteFailures.NotAllowed;
        }

        var site = await db.Sites.SingleAsync(cancellationToken);
        var name = edit.Name is null ? site.Name : Text.SingleLine(edit.Name, SiteProfile.MaxNameLength);
        if (name is null)
        {
            return SiteFailures.Invalid(new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Give your site a name." });
        }

        var tagline = edit.Tagline is null ? site.Tagline : Text.SingleLine(edit.Tagline, SiteProfile.MaxTaglineLength);
        site.Edit(name, tagline, edit.RegistrationOpen ?? site.RegistrationOpen);
        db.Record(new SiteChanged(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return SiteView.Of(site);
    }
}

/// <summary>What to change; null leaves a thing as it is, an empty tagline removes it.</summary>
public sealed record SiteEdit(string? Name, string? Tagline, bool? RegistrationOpen);
