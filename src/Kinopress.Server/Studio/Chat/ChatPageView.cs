namespace Kinopress.Server.Studio.Chat;

/// <summary>The chat of a live, for those who keep order in it.</summary>
/// <param name="OverlayUrl">For broadcasting software.</param>
public sealed record ChatPageView(
    StudioFrame Frame,
    string PublicId,
    string Title,
    bool HasChat,
    ChatRulesForm Form,
    IReadOnlyDictionary<string, string> Errors,
    IReadOnlyList<ChatHeldRow> Held,
    IReadOnlyList<ChatBanRow> Bans,
    bool MayManageEmotes,
    string ChatUrl,
    string OverlayUrl);

/// <summary>The rules as a form has them.</summary>
/// <param name="BlockedPhrases">One a line.</param>
public sealed record ChatRulesForm(string SlowMode, string MinAge, string Links, string Hold, string BlockedPhrases, bool IsUnique, bool IsPaused);

/// <summary>A message that waits.</summary>
public sealed record ChatHeldRow(Guid Id, string Author, string Text, DateTimeOffset SentAt);

/// <summary>Somebody who may not write.</summary>
/// <param name="Until">Null for a ban.</param>
public sealed record ChatBanRow(Guid Id, string Name, DateTimeOffset? Until);
