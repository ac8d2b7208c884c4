using System.Collections.Frozen;
using System.Text;

namespace Kinopress.Core.Features.Chat;

/// <summary>A picture with a name: <c>:heart:</c>.</summary>
/// <param name="Text">What it becomes.</param>
public sealed record ChatEmote(string Name, string Text);

/// <summary>Names between colons become emoji; a name nobody knows stays as it was typed.</summary>
public static class ChatEmotes
{
    private const int MaxNameLength = 20;

    public static IReadOnlyList<ChatEmote> All { get; } =
    [
        new("smile", "😄"), new("joy", "😂"), new("wink", "😉"), new("heart_eyes", "😍"), new("cool", "😎"), new("thinking", "🤔"),
        new("cry", "😢"), new("sob", "😭"), new("angry", "😠"), new("scream", "😱"), new("sleepy", "😴"), new("party", "🥳"),
        new("heart", "❤️"), new("broken_heart", "💔"), new("fire", "🔥"), new("star", "⭐"), new("sparkles", "✨"), new("tada", "🎉"),
        new("clap", "👏"), new("wave", "👋"), new("pray", "🙏"), new("thumbs_up", "👍"), new("thumbs_down", "👎"), new("muscle", "💪"),
        new("eyes", "👀"), new("hundred", "💯"), new("rocket", "🚀"), new("trophy", "🏆"), new("gift", "🎁"), new("music", "🎵"),
        new("camera", "🎥"), new("popcorn", "🍿"), new("coffee", "☕"), new("cat", "🐱"), new("dog", "🐶"), new("rainbow", "🌈"),
    ];

    /// <summary>What may be sent without words; counted, not kept.</summary>
    public static IReadOnlyList<string> Reactions { get; } = ["❤️", "😂", "😮", "👏", "🔥"];

    private static readonly FrozenDictionary<string, string> ByName = All.ToFrozenDictionary(emote => emote.Name, emote => emote.Text, StringComparer.OrdinalIgnoreCase);

    public static string Expand(string text)
    {
        var open = text.IndexOf(':', StringComparison.Ordinal);
        if (open < 0)
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length);
        var done = 0;
        while (open >= 0)
        {
            var close = text.IndexOf(':', open + 1);
            if (close < 0)
            {
                break;
            }

            if (close - open - 1 is > 0 and <= MaxNameLength && ByName.TryGetValue(text[(open + 1)..close], out var emote))
            {
                expanded.Append(text, done, open - done).Append(emote);
                done = close + 1;
                open = done < text.Length ? text.IndexOf(':', done) : -1;
                continue;
            }

            open = close; // this colon may open the next name
        }

        return expanded.Append(text, done, text.Length - done).ToString();
    }
}
