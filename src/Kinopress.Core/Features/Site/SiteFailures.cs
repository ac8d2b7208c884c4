using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Site;

/// <summary>Refusals about the site as a whole.</summary>
public static class SiteFailures
{
    public static Failure AlreadySetUp { get; } = new(
        FailureKind.Conflict, "site.already_set_up", "This site has been set up already. Sign in instead.");

    public static Failure SetupLinkInvalid { get; } = new(
        FailureKind.Forbidden, "site.setup_link_invalid", "This setup link has expired or was used. Run ./kinopress setup-link on the server to get a new one.");

    public static Failure NotAllowed { get; } = new(
        FailureKind.Forbidden, "site.not_allowed", "Only people who manage this site may do this.");

    public static Failure Busy { get; } = new(
        FailureKind.Unavailable, "site.busy", "The site is busy. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "site.invalid", "Some fields need another look.") { Fields = fields };
}
