using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>The room of a live: its rules and what is pinned. There is none until somebody changes something.</summary>
public sealed class LiveChat
{
    private LiveChat()
    {
    }

    public Id<Live> LiveId { get; private set; }

    public int SlowModeInSeconds { get; private set; }

    public int MinAccountAgeInMinutes { get; private set; }

    public ChatLinks Links { get; private set; }

    public List<string> BlockedPhrases { get; private set; } = [];

    public ChatHold Hold { get; private set; }

    public bool OnlyUnique { get; private set; }

    public bool IsPaused { get; private set; }

    public Id<ChatMessage>? PinnedMessageId { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ChatRules Rules => new(SlowModeInSeconds, MinAccountAgeInMinutes, Links, BlockedPhrases, Hold, OnlyUnique, IsPaused);

    public static LiveChat Create(Id<Live> liveId, DateTimeOffset now)
    {
        var chat = new LiveChat { LiveId = liveId };
        chat.Edit(ChatRules.Default, now);
        return chat;
    }

    public void Edit(ChatRules rules, DateTimeOffset now)
    {
        SlowModeInSeconds = rules.SlowModeInSeconds;
        MinAccountAgeInMinutes = rules.MinAccountAgeInMinutes;
        Links = rules.Links;
        BlockedPhrases = [.. rules.BlockedPhrases];
        Hold = rules.Hold;
        OnlyUnique = rules.OnlyUnique;
        IsPaused = rules.IsPaused;
        UpdatedAt = now;
    }

    /// <param name="message">Null pins nothing.</param>
    public void Pin(Id<ChatMessage>? message, DateTimeOffset now)
    {
        PinnedMessageId = message;
        UpdatedAt = now;
    }
}
