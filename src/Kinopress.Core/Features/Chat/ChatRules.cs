using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>What holds in a room for everybody who does not moderate it.</summary>
/// <param name="SlowModeInSeconds">Between two messages of one person; 0 for none, else 3 to <see cref="MaxSlowModeInSeconds"/>.</param>
/// <param name="MinAccountAgeInMinutes">How old an account has to be; 0 for any.</param>
/// <param name="BlockedPhrases">Words and phrases, compared as whole words without regard to case and accents.</param>
/// <param name="OnlyUnique">Refuses what anybody has just said.</param>
/// <param name="IsPaused">Only moderators write.</param>
public sealed record ChatRules(
    int SlowModeInSeconds,
    int MinAccountAgeInMinutes,
    ChatLinks Links,
    IReadOnlyList<string> BlockedPhrases,
    ChatHold Hold,
    bool OnlyUnique,
    bool IsPaused)
{
    public const int MinSlowModeInSeconds = 3;
    public const int MaxSlowModeInSeconds = 120;

    /// <summary>Three months.</summary>
    public const int MaxAccountAgeInMinutes = 90 * 24 * 60;

    public const int MaxPhrases = 500;
    public const int MaxPhraseLength = 100;

    public static ChatRules Default { get; } = new(
        SlowModeInSeconds: 0, MinAccountAgeInMinutes: 0, ChatLinks.Moderators, BlockedPhrases: [], ChatHold.Nothing, OnlyUnique: false, IsPaused: false);
}

/// <summary>Who may write links.</summary>
public enum ChatLinks
{
    Moderators,
    Everyone,
}

/// <summary>What waits for a moderator before others see it.</summary>
public enum ChatHold
{
    Nothing,

    /// <summary>Links and blocked words, which would be refused otherwise.</summary>
    Suspicious,

    Everything,
}

/// <summary>Rules as typed; null leaves one as it is.</summary>
public sealed record ChatRulesEdit
{
    /// <summary>0, or 3 to 120.</summary>
    public int? SlowModeSeconds { get; init; }

    /// <summary>0 to 129600.</summary>
    public int? MinAccountAgeMinutes { get; init; }

    /// <summary>moderators or everyone.</summary>
    public string? Links { get; init; }

    /// <summary>At most 500 words or phrases.</summary>
    public IReadOnlyList<string>? BlockedPhrases { get; init; }

    /// <summary>nothing, suspicious or everything.</summary>
    public string? Hold { get; init; }

    /// <summary>Refuse what anybody has just said.</summary>
    public bool? Unique { get; init; }

    /// <summary>Only moderators write.</summary>
    public bool? Paused { get; init; }

    /// <returns>The rules after the change; or <c>chat.invalid</c> with messages by field.</returns>
    public Result<ChatRules> ApplyTo(ChatRules before)
    {
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (SlowModeSeconds is not (null or 0 or (>= ChatRules.MinSlowModeInSeconds and <= ChatRules.MaxSlowModeInSeconds)))
        {
            mistakes["slowModeSeconds"] = "Use 0 for no slow mode, or 3 to 120 seconds.";
        }

        if (MinAccountAgeMinutes is < 0 or > ChatRules.MaxAccountAgeInMinutes)
        {
            mistakes["minAccountAgeMinutes"] = "Use 0 to 129600 minutes, which is three months.";
        }

        var links = Word(Links, before.Links, "links", "Choose moderators or everyone.", mistakes);
        var hold = Word(Hold, before.Hold, "hold", "Choose nothing, suspicious or everything.", mistakes);
        var phrases = BlockedPhrases is null ? before.BlockedPhrases : Tidy(BlockedPhrases);
        if (phrases.Count > ChatRules.MaxPhrases)
        {
            mistakes["blockedPhrases"] = $"Use at most {ChatRules.MaxPhrases} words or phrases.";
        }

        return mistakes.Count > 0
            ? ChatFailures.Invalid(mistakes)
            : new ChatRules(
                SlowModeSeconds ?? before.SlowModeInSeconds,
                MinAccountAgeMinutes ?? before.MinAccountAgeInMinutes,
                links,
                phrases,
                hold,
                Unique ?? before.OnlyUnique,
                Paused ?? before.IsPaused);
    }

    private static T Word<T>(string? typed, T before, string field, string mistake, Dictionary<string, string> mistakes)
        where T : struct, Enum
    {
        if (typed is null)
        {
            return before;
        }

        // A number is a member to TryParse; it is none to people.
        if (Enum.TryParse<T>(typed, ignoreCase: true, out var word) && Enum.IsDefined(word) && char.IsAsciiLetter(typed[0]))
        {
            return word;
        }

        mistakes[field] = mistake;
        return before;
    }

    private static List<string> Tidy(IEnumerable<string> phrases) =>
        [.. phrases.Take(ChatRules.MaxPhrases + 1).Select(phrase => Text.SingleLine(phrase, ChatRules.MaxPhraseLength)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
}
