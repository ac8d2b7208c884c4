using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Setup;

/// <summary>
/// Turns a new installation into somebody's site: its name, its owner and a first channel, in one transaction.
/// Works once; the browser needs the setup link, the command line does not.
/// </summary>
public sealed class SetUpSite(KinopressDbContext db, UserManager<User> users, TimeProvider clock)
{
    private const string FallbackHandle = "channel";

    /// <param name="setupToken">From the one-time link; null when the person is at the server's command line.</param>
    /// <returns>The owner; or <c>site.already_set_up</c>, <c>site.setup_link_invalid</c>, <c>site.invalid</c>.</returns>
    public async Task<Result<User>> RunAsync(SetupRequest request, string? setupToken, CancellationToken cancellationToken) =>
        setupToken is not null && !await OpensAsync(setupToken, cancellationToken)
            ? SiteFailures.SetupLinkInvalid
            : await RunAsync(request, cancellationToken);

    /// <summary>True when the link may still be used.</summary>
    public async Task<bool> OpensAsync(string setupToken, CancellationToken cancellationToken)
    {
        var links = await db.SetupLinks.AsNoTracking().ToListAsync(cancellationToken);
        return links.Any(link => link.Opens(setupToken, clock.GetUtcNow()));
    }

    private async Task<Result<User>> RunAsync(SetupRequest request, CancellationToken cancellationToken)
    {
        var site = await db.Sites.SingleAsync(cancellationToken);
        if (site.SetUpAt is not null)
        {
            return SiteFailures.AlreadySetUp;
        }

        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var siteName = Text.SingleLine(request.SiteName, SiteProfile.MaxNameLength);
        if (siteName is null)
        {
            mistakes["siteName"] = "Give your site a name. You can change it later.";
        }

        var account = request.Owner.Validate(mistakes);
        if (siteName is null || account is null)
        {
            return SiteFailures.Invalid(Prefixed(mistakes));
        }

        var now = clock.GetUtcNow();
        var owner = User.Create(account.Name, account.Email, Role.Owner, clock);
        site.CompleteSetup(siteName, now);
        db.Channels.Add(Channel.Create(siteName, Text.Slug(siteName, Channel.MaxHandleLength) ?? FallbackHandle, owner.Id, clock));
        db.SetupLinks.RemoveRange(await db.SetupLinks.ToListAsync(cancellationToken));
        db.Record(new SiteChanged(), now);

        var created = await users.CreateAsync(owner, account.Password);
        return created.Succeeded ? owner : AccountFailures.From(created);
    }

    // The wizard asks for the owner beside the site, so its fields say whose they are.
    private static Dictionary<string, string> Prefixed(Dictionary<string, string> mistakes) =>
        mistakes.ToDictionary(
            mistake => mistake.Key switch { "name" => "ownerName", "email" => "ownerEmail", "password" => "ownerPassword", var other => other },
            mistake => mistake.Value,
            StringComparer.Ordinal);
}

/// <summary>The answers of the wizard, as typed.</summary>
public sealed record SetupRequest(string? SiteName, NewAccount Owner);
