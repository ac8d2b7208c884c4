using System.Security.Cryptography;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>A message made for reading.</summary>
/// <param name="AuthorKey">The same for all messages of a person in one room, and says nothing else about him.</param>
/// <param name="ReplyTo">Null when it answers none.</param>
public sealed record ChatMessageView(Guid Id, string AuthorName, string AuthorKey, ChatRole AuthorRole, string Text, Guid? ReplyTo, DateTimeOffset SentAt)
{
    /// <summary>Names between colons in the text that are drawn as pictures; those the site had when this was read.</summary>
    public IReadOnlyList<EmotePicture> Emotes { get; init; } = [];
}

/// <summary>A message of a replay.</summary>
/// <param name="OffsetInMilliseconds">Since what is shown of the video starts.</param>
public sealed record ChatReplayMessageView(ChatMessageView Message, long OffsetInMilliseconds);

/// <summary>Somebody who may not write.</summary>
/// <param name="Until">Null for a ban.</param>
public sealed record ChatRestrictionView(Id<ChatRestriction> Id, string Name, DateTimeOffset? Until, DateTimeOffset CreatedAt);

/// <summary>A message about to be sent, as typed.</summary>
public sealed record ChatDraft(string? Text, Guid? ReplyTo);

/// <summary>What became of a draft.</summary>
/// <param name="IsHeld">It waits for a moderator; only its author knows it.</param>
public sealed record SentChatMessage(ChatMessageView Message, bool IsHeld);

/// <summary>A message on its way to the database.</summary>
internal sealed record ChatLine(Id<User> AuthorId, ChatMessageView View, bool IsHeld);

/// <summary>A person as a room sees him.</summary>
/// <param name="SessionStamp">What a browser's session must carry.</param>
/// <param name="Restriction">Null when he may write.</param>
public sealed record ChatAuthor(Id<User> Id, string Name, ChatRole Role, DateTimeOffset CreatedAt, string SessionStamp, ChatAuthorRestriction? Restriction)
{
    public bool Moderates => Role != ChatRole.Member;

    /// <summary>Tells the people of one room apart without naming their accounts.</summary>
    public static string KeyOf(Id<Live> liveId, Id<User> userId)
    {
        Span<byte> ids = stackalloc byte[32];
        liveId.Value.TryWriteBytes(ids);
        userId.Value.TryWriteBytes(ids[16..]);
        return Convert.ToHexStringLower(SHA256.HashData(ids))[..16];
    }
}

/// <param name="Until">Null for a ban.</param>
public sealed record ChatAuthorRestriction(DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset now) => Until is null || Until > now;
}

/// <summary>The broadcast of a live before the one its chat is about.</summary>
/// <param name="Until">What was said by then belongs to it.</param>
public sealed record EarlierBroadcast(DateTimeOffset StartedAt, DateTimeOffset Until);

/// <summary>What a room knows of its live.</summary>
public sealed record ChatRoomFacts(
    Id<Live> LiveId,
    string PublicId,
    Id<Channel> ChannelId,
    VideoAudience Audience,
    bool HasChat,
    LiveState State,
    DateTimeOffset? EndedAt,
    ChatRules Rules,
    ChatMessageView? Pinned)
{
    /// <summary>What the site's own emotes were when this was read.</summary>
    public ChatEmoteSet Emotes { get; init; } = ChatEmoteSet.Empty;

    /// <summary>Null when it was on air once at most.</summary>
    public EarlierBroadcast? Earlier { get; init; }

    /// <summary>People say goodbye after the end.</summary>
    public static readonly TimeSpan OpenAfterEnd = TimeSpan.FromMinutes(10);

    public bool IsOpen(DateTimeOffset now) => HasChat && (State != LiveState.Ended || EndedAt is null || now < EndedAt + OpenAfterEnd);

    /// <summary>Of the channel's owner and of whoever moderates the whole site: not a private live of somebody else.</summary>
    public bool MayModerate(Caller caller) =>
        caller.HasScope(Scope.ChatModerate)
        && (caller.Owns(Audience.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo)
            || (caller.May(Capability.Moderate) && Audience.Visibility != Visibility.Private));
}
