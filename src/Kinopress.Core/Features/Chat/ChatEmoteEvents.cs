using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Chat;

/// <summary>What every event about one of the site's emotes says: which one.</summary>
public abstract record ChatEmoteEvent(Guid EmoteId) : SiteEvent
{
    /// <summary>What the kind of each begins with.</summary>
    public const string Prefix = "chat_emote.";
}

/// <summary>A name is drawn as a picture from now on.</summary>
public sealed record ChatEmoteAdded(Guid EmoteId) : ChatEmoteEvent(EmoteId)
{
    public const string Name = Prefix + "added";

    public override string Kind => Name;
}

/// <summary>A name is only a name again, also in old messages.</summary>
public sealed record ChatEmoteDeleted(Guid EmoteId) : ChatEmoteEvent(EmoteId)
{
    public const string Name = Prefix + "deleted";

    public override string Kind => Name;
}
