namespace Kinopress.Core.Foundation;

/// <summary>
/// What a person may do. Roles are named sets of these; every later feature adds its own here and asks
/// <see cref="Caller.May"/>. Scopes of access tokens narrow them further.
/// </summary>
public enum Capability
{
    /// <summary>Upload, edit, publish and delete videos of one's own channels.</summary>
    ManageOwnVideos,

    /// <summary>The same for everybody's videos.</summary>
    ManageAnyVideo,

    /// <summary>See people's reports and hide what breaks the rules.</summary>
    Moderate,

    /// <summary>Change the site's settings.</summary>
    ManageSite,

    /// <summary>Invite people, give and take roles.</summary>
    ManageUsers,
}
