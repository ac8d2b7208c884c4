using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>A picture of the site's own that stands for its name between colons, in every chat.</summary>
public sealed class ChatEmote
{
    public const int MaxCount = 100;

    /// <summary>Of the file it is made of.</summary>
    public const int MaxFileSizeInBytes = 1_000_000;

    /// <summary>Of the file it is made of, in pixels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Ten seconds at the pace of most animations.</summary>
    public const int MaxFrames = 250;

    /// <summary>Of the hash that names its pictures, in hexadecimal digits.</summary>
    public const int PictureLength = 24;

    private ChatEmote()
    {
    }

    public Id<ChatEmote> Id { get; private set; }

    /// <summary>Without colons, as it was typed when the emote was made.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Unique in the site.</summary>
    public string FoldedName { get; private set; } = "";

    /// <summary>A hash of what its pictures hold; part of their address.</summary>
    public string Picture { get; private set; } = "";

    public bool IsAnimated { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>It is the whole site's, so whoever moderates one channel alone has no say.</summary>
    public static bool MayManage(Caller caller) => caller.May(Capability.Moderate) && caller.HasScope(Scope.ChatModerate);

    internal static ChatEmote Create(Id<ChatEmote> id, string name, MadeEmotePicture picture, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name,
        FoldedName = EmoteNames.Fold(name),
        Picture = picture.Hash,
        IsAnimated = picture.IsAnimated,
        CreatedAt = now,
    };
}
