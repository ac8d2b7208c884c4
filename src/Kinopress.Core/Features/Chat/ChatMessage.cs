using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>One message in the room of a live. What was deleted or rejected stays, so that moderators can be held to account.</summary>
public sealed class ChatMessage
{
    /// <summary>In UTF-16 code units, as browsers count them.</summary>
    public const int MaxLength = 500;

    private ChatMessage()
    {
    }

    public Id<ChatMessage> Id { get; private set; }

    public Id<Live> LiveId { get; private set; }

    public Id<User> AuthorId { get; private set; }

    /// <summary>As it was shown when the message was sent.</summary>
    public string AuthorName { get; private set; } = "";

    public ChatRole AuthorRole { get; private set; }

    /// <summary>Plain text in one line, emoji already in it; the site's own emotes as their names between colons.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What it answers; null for most. That message may be deleted meanwhile.</summary>
    public Id<ChatMessage>? ReplyToId { get; private set; }

    /// <summary>When the site received it, to the millisecond.</summary>
    public DateTimeOffset SentAt { get; private set; }

    public ChatMessageState State { get; private set; }

    /// <summary>When a moderator last decided about it; null when none did.</summary>
    public DateTimeOffset? ModeratedAt { get; private set; }

    public Id<User>? ModeratedById { get; private set; }

    /// <summary>What is kept of what was typed. What was typed too long stays so, however short emoji would make it.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static string? TextOf(string? typed) =>
        Foundation.Text.SingleLine(typed, MaxLength + 1) is { } line ? line.Length > MaxLength ? line : BuiltInEmotes.Expand(line) : null;

    internal static ChatMessage Create(Id<Live> liveId, ChatLine line) => new()
    {
        Id = new Id<ChatMessage>(line.View.Id),
        LiveId = liveId,
        AuthorId = line.AuthorId,
        AuthorName = line.View.AuthorName,
        AuthorRole = line.View.AuthorRole,
        Text = line.View.Text,
        ReplyToId = line.View.ReplyTo is { } replyTo ? new Id<ChatMessage>(replyTo) : null,
        SentAt = line.View.SentAt,
        State = line.IsHeld ? ChatMessageState.Held : ChatMessageState.Shown,
    };

    public void Delete(Id<User> by, DateTimeOffset at) => Decide(ChatMessageState.Deleted, by, at);

    /// <returns><c>chat.not_held</c> when somebody decided before.</returns>
    public Result<ChatMessage> Approve(Id<User> by, DateTimeOffset at) => Settle(ChatMessageState.Shown, by, at);

    /// <returns><c>chat.not_held</c> when somebody decided before.</returns>
    public Result<ChatMessage> Reject(Id<User> by, DateTimeOffset at) => Settle(ChatMessageState.Rejected, by, at);

    private Result<ChatMessage> Settle(ChatMessageState state, Id<User> by, DateTimeOffset at)
    {
        if (State != ChatMessageState.Held)
        {
            return ChatFailures.NotHeld;
        }

        Decide(state, by, at);
        return this;
    }

    private void Decide(ChatMessageState state, Id<User> by, DateTimeOffset at)
    {
        State = state;
        ModeratedById = by;
        ModeratedAt = at;
    }
}

/// <summary>Who sees a message.</summary>
public enum ChatMessageState
{
    /// <summary>Everybody.</summary>
    Shown,

    /// <summary>Moderators, until one of them decides.</summary>
    Held,

    /// <summary>Nobody: it was held and a moderator decided against it.</summary>
    Rejected,

    /// <summary>Nobody any more.</summary>
    Deleted,
}

/// <summary>What a person is in a room, for badges and for the rules.</summary>
public enum ChatRole
{
    Member,

    /// <summary>May moderate.</summary>
    Moderator,

    /// <summary>Owns the channel; moderates too.</summary>
    Owner,
}
