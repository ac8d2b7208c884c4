using System.Collections.Frozen;

namespace Kinopress.Core.Features.Accounts;

/// <summary>What an access token may be used for. Scopes follow the nouns of the API.</summary>
public static class Scope
{
    public const string AccountManage = "account:manage";
    public const string ChatModerate = "chat:moderate";
    public const string ChatWrite = "chat:write";
    public const string LiveManage = "live:manage";
    public const string SiteManage = "site:manage";
    public const string VideosRead = "videos:read";
    public const string VideosWrite = "videos:write";

    /// <summary>Every scope, with the words a person reads when choosing.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [VideosRead] = "See your videos, also those that are not public",
        [VideosWrite] = "Upload, edit, publish and delete your videos",
        [LiveManage] = "Plan, start, end and delete your lives, and see their stream keys when they are made",
        [ChatWrite] = "Write in chats and react",
        [ChatModerate] = "Keep order in the chats you may moderate",
        [AccountManage] = "Change your account and your channel, your password and access tokens",
        [SiteManage] = "Change the site's settings",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
