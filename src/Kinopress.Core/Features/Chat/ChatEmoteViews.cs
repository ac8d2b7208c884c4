using System.Collections.Frozen;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>A name that is drawn as a picture.</summary>
/// <param name="Name">Without colons.</param>
/// <param name="Picture">A hash, and nothing else: whoever draws it makes the address himself, so that it can lead nowhere else.</param>
public sealed record EmotePicture(string Name, string Picture);

/// <summary>One of the site's emotes, made for reading.</summary>
public sealed record ChatEmoteView(Id<ChatEmote> Id, string Name, string Picture, bool IsAnimated, DateTimeOffset CreatedAt);

/// <summary>All emotes of a site at one moment. Immutable.</summary>
public sealed class ChatEmoteSet
{
    private readonly FrozenDictionary<string, EmotePicture> _byName;
    private readonly FrozenDictionary<string, ChatEmoteView> _byPicture;

    /// <param name="emotes">In the order in which they are offered.</param>
    public ChatEmoteSet(IReadOnlyList<ChatEmoteView> emotes)
    {
        All = emotes;
        Pictures = [.. emotes.Select(emote => new EmotePicture(emote.Name, emote.Picture))];
        _byName = Pictures.ToFrozenDictionary(emote => emote.Name, StringComparer.OrdinalIgnoreCase);
        _byPicture = emotes.DistinctBy(emote => emote.Picture, StringComparer.Ordinal).ToFrozenDictionary(emote => emote.Picture, StringComparer.Ordinal);
    }

    public static ChatEmoteSet Empty { get; } = new([]);

    public IReadOnlyList<ChatEmoteView> All { get; }

    /// <summary>As rooms are told.</summary>
    public IReadOnlyList<EmotePicture> Pictures { get; }

    /// <summary>One of the emotes with this picture; null when there is none.</summary>
    public ChatEmoteView? FindByPicture(string picture) => _byPicture.GetValueOrDefault(picture);

    /// <summary>Those a text names, each once.</summary>
    public IReadOnlyList<EmotePicture> In(string text) => _byName.Count == 0 || !text.Contains(':', StringComparison.Ordinal)
        ? []
        : [.. EmoteNames.In(text, _byName.ContainsKey).Select(found => _byName[text[(found.Open + 1)..found.Close]]).Distinct()];
}
