namespace Kinopress.Client;

/// <summary>A chat message.</summary>
public sealed record ChatMessage
{
    public Guid Id { get; init; }

    /// <summary>As it was shown when the message was sent.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>The same for all messages of a person in one room.</summary>
    public string AuthorKey { get; init; } = "";

    /// <summary>member, moderator or owner.</summary>
    public string AuthorRole { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Null when it answers no other.</summary>
    public Guid? ReplyTo { get; init; }

    public DateTimeOffset SentAt { get; init; }

    /// <summary>Names between colons in the text that are drawn as pictures.</summary>
    public IReadOnlyList<ChatMessageEmote> Emotes { get; init; } = [];
}

/// <summary>A name between colons that is drawn as a picture.</summary>
/// <param name="Name">Upper and lower case are one name.</param>
/// <param name="Picture">Names the picture at <c>/media/e/{picture}/28.webp</c>, and in 56 and 112 pixels.</param>
public sealed record ChatMessageEmote(string Name, string Picture);

/// <summary>A picture of the site's own that stands for its name between colons.</summary>
/// <param name="Images">The same in three sizes, the smallest first.</param>
public sealed record ChatEmote(Guid Id, string Name, string Picture, bool IsAnimated, IReadOnlyList<ChatEmoteImage> Images, DateTimeOffset CreatedAt);

/// <summary>A picture of an emote in one size, as WebP.</summary>
/// <param name="Width">In pixels; it is as high.</param>
/// <param name="Url">Relative to the site; what is there never changes.</param>
public sealed record ChatEmoteImage(int Width, string Url);

/// <summary>The site's own emotes, by name.</summary>
public sealed record ChatEmoteList(IReadOnlyList<ChatEmote> Items);

/// <summary>A page of messages, newest first.</summary>
/// <param name="Next">Null on the last page.</param>
public sealed record ChatMessagePage(IReadOnlyList<ChatMessage> Items, string? Next);

/// <summary>A message that was sent.</summary>
/// <param name="IsHeld">It waits for a moderator.</param>
public sealed record SentChatMessage(ChatMessage Message, bool IsHeld);

/// <summary>What part of a chat is asked for.</summary>
public sealed record ChatQuery
{
    public int? Limit { get; init; }

    public string? Cursor { get; init; }

    /// <summary>Only what was said later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only what was said earlier.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>The rules of a room.</summary>
public sealed record ChatRules(int SlowModeSeconds, int MinAccountAgeMinutes, string Links, IReadOnlyList<string> BlockedPhrases, string Hold, bool Unique, bool Paused);

/// <summary>A change of rules; null leaves one as it is.</summary>
public sealed record ChatRulesEdit
{
    /// <summary>0, or 3 to 120.</summary>
    public int? SlowModeSeconds { get; init; }

    public int? MinAccountAgeMinutes { get; init; }

    /// <summary>moderators or everyone.</summary>
    public string? Links { get; init; }

    public IReadOnlyList<string>? BlockedPhrases { get; init; }

    /// <summary>nothing, suspicious or everything.</summary>
    public string? Hold { get; init; }

    public bool? Unique { get; init; }

    public bool? Paused { get; init; }
}

/// <summary>Somebody who may not write.</summary>
/// <param name="Until">Null for a ban.</param>
public sealed record ChatBan(Guid Id, string Name, DateTimeOffset? Until, DateTimeOffset CreatedAt);

/// <summary>A page of bans and time-outs, the latest first.</summary>
/// <param name="Next">Null on the last page.</param>
public sealed record ChatBanPage(IReadOnlyList<ChatBan> Items, string? Next);

/// <summary>A message of a replay.</summary>
/// <param name="OffsetMs">Milliseconds since the video starts.</param>
public sealed record ReplayChatMessage(long OffsetMs, ChatMessage Message);

/// <summary>What was said in a part of a replay, in order.</summary>
public sealed record ReplayChat(IReadOnlyList<ReplayChatMessage> Items);

internal sealed record NewChatMessage(string Text, Guid? ReplyTo);

internal sealed record NewChatBan(Guid Message, int? Minutes);

internal sealed record ChatPin(Guid Message);

internal sealed record NewChatReaction(string Reaction);

internal sealed record ChatDeletion(int Count);
