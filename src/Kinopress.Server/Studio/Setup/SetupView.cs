namespace Kinopress.Server.Studio.Setup;

/// <summary>The first page of a new site. It has no frame of Studio around it.</summary>
/// <param name="Asset">Path below Assets to the address with its content hash.</param>
/// <param name="SetupToken">The secret of the setup link, posted back; null when there is none, or it has expired or is wrong.</param>
/// <param name="CameByLink">False for whoever opened the site without a setup link.</param>
/// <param name="NewLinkCommand">What to run on the server for another link.</param>
/// <param name="SiteName">As posted, or empty at first; so are the owner's name and e-mail address.</param>
/// <param name="Errors">Field name to what is wrong; the empty key for what belongs to no field.</param>
public sealed record SetupView(
    Func<string, string> Asset,
    string AntiforgeryField,
    string AntiforgeryToken,
    string? SetupToken,
    bool CameByLink,
    string NewLinkCommand,
    string SiteName,
    string OwnerName,
    string Email,
    int MinimumPasswordLength,
    IReadOnlyDictionary<string, string> Errors);
