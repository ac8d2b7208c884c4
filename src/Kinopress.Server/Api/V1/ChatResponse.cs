using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Api.V1;

/// <summary>A chat message.</summary>
/// <param name="AuthorName">As it was shown when the message was sent.</param>
/// <param name="AuthorKey">The same for all messages of a person in one room; says nothing else about him.</param>
/// <param name="AuthorRole">member, moderator or owner.</param>
/// <param name="Text">Plain text in one line; the site's own emotes as their names between colons.</param>
/// <param name="ReplyTo">The id of the message it answers; null for most.</param>
/// <param name="Emotes">Names in the text that are drawn as pictures.</param>
public sealed record ChatMessageResponse(
    Guid Id, string AuthorName, string AuthorKey, ChatRole AuthorRole, string Text, Guid? ReplyTo, DateTimeOffset SentAt, IReadOnlyList<ChatMessageEmoteResponse> Emotes)
{
    internal static ChatMessageResponse From(ChatMessageView view) => new(
        view.Id,
        view.AuthorName,
        view.AuthorKey,
        view.AuthorRole,
        view.Text,
        view.ReplyTo,
        view.SentAt,
        [.. view.Emotes.Select(emote => new ChatMessageEmoteResponse(emote.Name, emote.Picture))]);
}

/// <summary>A name between colons that is drawn as a picture.</summary>
/// <param name="Name">Upper and lower case are one name.</param>
/// <param name="Picture">The picture is at <c>/media/e/{picture}/28.webp</c>, and in 56 and 112 pixels.</param>
public sealed record ChatMessageEmoteResponse(string Name, string Picture);

/// <summary>A page of chat messages, newest first.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record ChatMessageListResponse(IReadOnlyList<ChatMessageResponse> Items, string? Next)
{
    internal static ChatMessageListResponse From(Page<ChatMessageView> page) => new([.. page.Items.Select(ChatMessageResponse.From)], page.Next);
}

/// <summary>A message that was sent.</summary>
/// <param name="IsHeld">It waits for a moderator.</param>
public sealed record SentChatMessageResponse(ChatMessageResponse Message, bool IsHeld);

/// <summary>A message of a replay, and when in the video to show it.</summary>
/// <param name="OffsetMs">Milliseconds since the video starts.</param>
public sealed record ChatReplayMessageResponse(long OffsetMs, ChatMessageResponse Message);

/// <summary>What was said in a part of a replay, in order.</summary>
public sealed record ChatReplayResponse(IReadOnlyList<ChatReplayMessageResponse> Items);

/// <summary>The rules of a room, for everybody who does not moderate it.</summary>
/// <param name="SlowModeSeconds">Between two messages of one person; 0 for none.</param>
/// <param name="MinAccountAgeMinutes">How old an account has to be.</param>
/// <param name="Links">Who may write links: moderators or everyone.</param>
/// <param name="BlockedPhrases">Compared as whole words without regard to case and accents.</param>
/// <param name="Hold">What waits for a moderator: nothing, suspicious (links and blocked words) or everything.</param>
/// <param name="Unique">Refuse what anybody has just said.</param>
/// <param name="Paused">Only moderators write.</param>
public sealed record ChatRulesResponse(int SlowModeSeconds, int MinAccountAgeMinutes, ChatLinks Links, IReadOnlyList<string> BlockedPhrases, ChatHold Hold, bool Unique, bool Paused)
{
    internal static ChatRulesResponse From(ChatRules rules) => new(
        rules.SlowModeInSeconds, rules.MinAccountAgeInMinutes, rules.Links, rules.BlockedPhrases, rules.Hold, rules.OnlyUnique, rules.IsPaused);
}

/// <summary>Somebody who may not write in the rooms of a channel.</summary>
/// <param name="Until">When a time-out ends; null for a ban.</param>
public sealed record ChatBanResponse(Guid Id, string Name, DateTimeOffset? Until, DateTimeOffset CreatedAt)
{
    internal static ChatBanResponse From(ChatRestrictionView view) => new(view.Id.Value, view.Name, view.Until, view.CreatedAt);
}

/// <summary>A page of bans and time-outs, the latest first.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record ChatBanListResponse(IReadOnlyList<ChatBanResponse> Items, string? Next);

/// <summary>How many messages were deleted.</summary>
public sealed record ChatDeletionResponse(int Count);

/// <summary>Something to say.</summary>
/// <param name="Text">At most 500 characters; emotes as <c>:heart:</c>.</param>
/// <param name="ReplyTo">The id of the message it answers; null for none.</param>
public sealed record ChatMessageRequest(string? Text, Guid? ReplyTo);

/// <summary>Whom to keep out.</summary>
/// <param name="Message">The id of any message of the person.</param>
/// <param name="Minutes">1 to 20160; null for good.</param>
public sealed record ChatBanRequest(Guid? Message, int? Minutes);

/// <summary>What to pin.</summary>
/// <param name="Message">The id of a message.</param>
public sealed record ChatPinRequest(Guid? Message);

/// <summary>A reaction, such as ❤️.</summary>
public sealed record ChatReactionRequest(string? Reaction);
