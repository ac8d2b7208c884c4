namespace Kinopress.Server.Studio.Settings;

/// <summary>What the owner may change about the site, as it stands or as it was posted.</summary>
/// <param name="IsSignUpOpen">True when anybody may make an account.</param>
/// <param name="Errors">Field name to what is wrong.</param>
public sealed record SiteSettingsView(
    StudioFrame Frame, string SiteName, string Tagline, bool IsSignUpOpen, IReadOnlyDictionary<string, string> Errors);
