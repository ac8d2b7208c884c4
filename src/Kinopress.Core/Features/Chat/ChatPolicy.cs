using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>The one answer to "may this person say this here and now?". Pure.</summary>
public static class ChatPolicy
{
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromSeconds(30);

    // "Hello" and "gg" are nobody's own.
    private const int ShortestUnique = 10;

    /// <param name="text">Tidied, in one line, emotes expanded; null when nothing is left.</param>
    /// <param name="author">Null for a stranger.</param>
    /// <returns>True when it has to wait for a moderator; or why it is refused, by one of the codes <c>chat.…</c>.</returns>
    public static Result<bool> Decide(string? text, ChatAuthor? author, ChatRules rules, ChatPast past, bool isOpen, DateTimeOffset now)
    {
        if (author is null)
        {
            return ChatFailures.SignInRequired;
        }

        if (!isOpen)
        {
            return ChatFailures.Closed;
        }

        if (author is { Moderates: false, Restriction: { } restriction } && RefusalOf(restriction, now) is { } kept)
        {
            return kept;
        }

        if (text is null)
        {
            return ChatFailures.Empty;
        }

        if (text.Length > ChatMessage.MaxLength)
        {
            return ChatFailures.TooLong;
        }

        return author.Moderates ? false : DecideByRules(text, author, rules, past, now);
    }

    private static Result<bool> DecideByRules(string text, ChatAuthor author, ChatRules rules, ChatPast past, DateTimeOffset now)
    {
        if (rules.IsPaused)
        {
            return ChatFailures.Paused;
        }

        if (rules.MinAccountAgeInMinutes > 0 && author.CreatedAt + TimeSpan.FromMinutes(rules.MinAccountAgeInMinutes) is var oldEnough && now < oldEnough)
        {
            return ChatFailures.AccountTooNew(oldEnough - now);
        }

        if (past.LastSentAt is { } last && last + TimeSpan.FromSeconds(rules.SlowModeInSeconds) is var next && now < next)
        {
            return ChatFailures.SlowMode(next - now);
        }

        var folded = ChatWords.Fold(text);
        if (past.OwnTexts.Any(own => own.Text == folded && now < own.At + DuplicateWindow))
        {
            return ChatFailures.Duplicate;
        }

        if (rules.OnlyUnique && text.Length >= ShortestUnique && past.WasJustSaid(folded))
        {
            return ChatFailures.NotUnique;
        }

        var hasLink = rules.Links == ChatLinks.Moderators && ChatWords.HasLink(text);
        var hasBlockedWord = ChatWords.HasAny(text, rules.BlockedPhrases);
        return rules.Hold switch
        {
            ChatHold.Everything => true,
            ChatHold.Suspicious => hasLink || hasBlockedWord,
            _ when hasLink => ChatFailures.LinkNotAllowed,
            _ when hasBlockedWord => ChatFailures.BlockedWord,
            _ => false,
        };
    }

    private static Failure? RefusalOf(ChatAuthorRestriction restriction, DateTimeOffset now) => restriction.Until switch
    {
        null => ChatFailures.Banned,
        { } until when restriction.Holds(now) => ChatFailures.TimedOut(until - now),
        _ => null,
    };
}

/// <summary>What was said in a room before.</summary>
/// <param name="LastSentAt">By the same person; null when he was silent.</param>
/// <param name="OwnTexts">His last ones, as <see cref="ChatWords.Fold"/> leaves them.</param>
/// <param name="WasJustSaid">Whether anybody has just said a folded text.</param>
public sealed record ChatPast(DateTimeOffset? LastSentAt, IReadOnlyCollection<(string Text, DateTimeOffset At)> OwnTexts, Func<string, bool> WasJustSaid)
{
    public static ChatPast Nothing { get; } = new(LastSentAt: null, [], _ => false);
}
