namespace Kinopress.Server.Studio;

/// <summary>What every Studio page shows around its own content.</summary>
/// <param name="SiteName">The site's name, as its visitors see it.</param>
/// <param name="UserName">Name of the signed-in user.</param>
/// <param name="UserInitials">One or two letters that stand for the user.</param>
/// <param name="ActiveArea">One of <see cref="StudioArea"/>; marks the noun in the rail.</param>
/// <param name="Asset">Path below Assets (<c>css/studio.css</c>) to the address with its content hash.</param>
/// <param name="AntiforgeryField">Name of the hidden field every form posts.</param>
/// <param name="AntiforgeryToken">Its value.</param>
/// <param name="AntiforgeryHeader">The header in which a script sends that value to the API.</param>
/// <param name="Notice">Something about the whole site that needs its owner; null when all is well.</param>
/// <param name="Toast">What the last action did; null when the page was opened plainly.</param>
public sealed record StudioFrame(
    string SiteName,
    string UserName,
    string UserInitials,
    string ActiveArea,
    Func<string, string> Asset,
    string AntiforgeryField,
    string AntiforgeryToken,
    string AntiforgeryHeader,
    StudioNotice? Notice,
    StudioToast? Toast);

/// <summary>The nouns of the rail.</summary>
public static class StudioArea
{
    public const string Videos = "videos";
    public const string Lives = "lives";
    public const string Upload = "upload";
    public const string Channel = "channel";
    public const string Settings = "settings";
    public const string Account = "account";
}

/// <summary>A warning above the page, such as a missing program.</summary>
/// <param name="Command">The exact command that puts it right; null when no command does.</param>
public sealed record StudioNotice(string Title, string Text, string? Command);

/// <summary>Says what was done, and may take it back.</summary>
/// <param name="UndoAction">Address the Undo button posts to; null when there is no way back.</param>
public sealed record StudioToast(string Message, string? UndoAction)
{
    /// <summary>The page that says it, where Undo leads back to.</summary>
    public string ReturnTo { get; init; } = "/studio/videos";
}

/// <summary>One entry of a select or of a set of radio buttons.</summary>
/// <param name="Hint">A line of explanation; null when the label says it.</param>
public sealed record Choice(string Value, string Label, string? Hint = null);
