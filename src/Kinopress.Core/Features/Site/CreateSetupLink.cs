using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Site;

/// <summary>Makes the one-time link to the wizard. Older links stop working: there is only ever one.</summary>
public sealed class CreateSetupLink(KinopressDbContext db, TimeProvider clock)
{
    /// <returns>The token of the link; or <c>site.already_set_up</c>.</returns>
    public async Task<Result<string>> RunAsync(CancellationToken cancellationToken)
    {
        if (await db.Sites.AnyAsync(site => site.SetUpAt != null, cancellationToken))
        {
            return SiteFailures.AlreadySetUp;
        }

        db.SetupLinks.RemoveRange(await db.SetupLinks.ToListAsync(cancellationToken));
        var (link, token) = SetupLink.Create(clock.GetUtcNow());
        db.SetupLinks.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
