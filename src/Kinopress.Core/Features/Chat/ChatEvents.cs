using System.Text.Json.Serialization;

namespace Kinopress.Core.Features.Chat;

/// <summary>What happens in a room, as everybody in it is told. Not kept: the tables are the truth.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ChatSnapshot), "snapshot")]
[JsonDerivedType(typeof(ChatWelcome), "welcome")]
[JsonDerivedType(typeof(ChatMessageSent), "message")]
[JsonDerivedType(typeof(ChatMessageDeleted), "deleted")]
[JsonDerivedType(typeof(ChatAuthorPurged), "purged")]
[JsonDerivedType(typeof(ChatCleared), "cleared")]
[JsonDerivedType(typeof(ChatPinned), "pinned")]
[JsonDerivedType(typeof(ChatReacted), "reactions")]
[JsonDerivedType(typeof(ChatRulesChanged), "rules")]
[JsonDerivedType(typeof(ChatEmotesChanged), "emotes")]
[JsonDerivedType(typeof(ChatMessageHeld), "held")]
[JsonDerivedType(typeof(ChatHeldSettled), "settled")]
[JsonDerivedType(typeof(ChatResync), "resync")]
[JsonDerivedType(typeof(ChatRestricted), "restriction")]
[JsonDerivedType(typeof(ChatAuthorChanged), "author")]
[JsonDerivedType(typeof(ChatRoomChanged), "room")]
public abstract record ChatEvent
{
    /// <summary>Only moderators are told.</summary>
    [JsonIgnore]
    public virtual bool IsForModerators => false;

    /// <summary>For rooms on other nodes; nobody else is told.</summary>
    [JsonIgnore]
    public virtual bool IsForRooms => false;
}

/// <summary>How the room stands: the first thing anybody hears.</summary>
/// <param name="Emotes">Names that become emoji.</param>
/// <param name="SiteEmotes">Names that are drawn as pictures of the site.</param>
/// <param name="Earlier">Which of the messages are of a broadcast before; null when none can be.</param>
public sealed record ChatSnapshot(
    IReadOnlyList<ChatMessageView> Messages,
    ChatMessageView? Pinned,
    ChatRoomNotice Rules,
    IReadOnlyList<BuiltInEmote> Emotes,
    IReadOnlyList<EmotePicture> SiteEmotes,
    IReadOnlyList<string> Reactions,
    EarlierBroadcast? Earlier) : ChatEvent;

/// <summary>Who the listener is in this room.</summary>
/// <param name="Key">Of his own messages; null for a stranger.</param>
/// <param name="Restriction">Why he may not write; null when he may.</param>
public sealed record ChatWelcome(bool IsSignedIn, string? Name, string? Key, bool MayModerate, ChatAuthorRestriction? Restriction) : ChatEvent;

public sealed record ChatMessageSent(ChatMessageView Message) : ChatEvent;

public sealed record ChatMessageDeleted(Guid Id) : ChatEvent;

/// <summary>Everything of one person is deleted.</summary>
public sealed record ChatAuthorPurged(string AuthorKey) : ChatEvent;

/// <summary>Everything is deleted.</summary>
public sealed record ChatCleared : ChatEvent;

/// <param name="Message">Null: nothing is pinned any more.</param>
public sealed record ChatPinned(ChatMessageView? Message) : ChatEvent;

/// <summary>How often each reaction was sent in about a second.</summary>
public sealed record ChatReacted(IReadOnlyDictionary<string, int> Counts) : ChatEvent;

public sealed record ChatRulesChanged(ChatRoomNotice Rules) : ChatEvent;

/// <summary>The site has other emotes now: all of them, also for messages that were shown before.</summary>
public sealed record ChatEmotesChanged(IReadOnlyList<EmotePicture> SiteEmotes) : ChatEvent;

/// <summary>A message waits for a moderator.</summary>
public sealed record ChatMessageHeld(ChatMessageView Message) : ChatEvent
{
    public override bool IsForModerators => true;
}

/// <summary>A held message waits no longer.</summary>
public sealed record ChatHeldSettled(Guid Id) : ChatEvent
{
    public override bool IsForModerators => true;
}

/// <summary>The listener was too slow and missed something: he has to ask for the room again.</summary>
public sealed record ChatResync : ChatEvent;

/// <summary>The listener is kept from writing, or may write again. Only he is told.</summary>
/// <param name="Restriction">Null when he may write.</param>
public sealed record ChatRestricted(ChatAuthorRestriction? Restriction) : ChatEvent;

/// <summary>Somebody was kept out or let in again: rooms forget what they know of him, and tell him.</summary>
/// <param name="Restriction">Null when he may write again.</param>
public sealed record ChatAuthorChanged(string AuthorKey, ChatAuthorRestriction? Restriction) : ChatEvent
{
    public override bool IsForRooms => true;
}

/// <summary>Its live or its rules changed: rooms read them again.</summary>
public sealed record ChatRoomChanged : ChatEvent
{
    public override bool IsForRooms => true;
}

/// <summary>What people in a room should know of its rules.</summary>
public sealed record ChatRoomNotice(bool IsOpen, bool IsPaused, int SlowModeSeconds, int MinAccountAgeMinutes, int MaxLength);
