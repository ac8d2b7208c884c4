using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Site;

/// <summary>Gives a new installation its identity: a random UUID and a key pair. Does nothing on later starts.</summary>
public sealed class EnsureSiteExists(KinopressDbContext db, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await db.Sites.AnyAsync(cancellationToken))
        {
            return;
        }

        db.Sites.Add(SiteProfile.Create(RandomUuid.New(), clock.GetUtcNow()));
        db.SiteKeys.Add(SiteKey.Create(clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }
}
