using System.Collections.Frozen;
using System.Text;

namespace Kinopress.Core.Features.Chat;

/// <summary>An emoji with a name: <c>:heart:</c>.</summary>
/// <param name="Text">What it becomes.</param>
public sealed record BuiltInEmote(string Name, string Text);

/// <summary>Names between colons that become emoji everywhere; a name nobody knows stays as it was typed.</summary>
public static class BuiltInEmotes
{
    public static IReadOnlyList<BuiltInEmote> All { get; } =
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

    public static bool Has(string name) => ByName.ContainsKey(name);

    /// <summary>The site's own emotes are pictures and stay names.</summary>
    public static string Expand(string text)
    {
        var expanded = new StringBuilder(text.Length);
        var done = 0;
        foreach (var (open, close) in EmoteNames.In(text, Has))
        {
            expanded.Append(text, done, open - done).Append(ByName[text[(open + 1)..close]]);
            done = close + 1;
        }

        return done == 0 ? text : expanded.Append(text, done, text.Length - done).ToString();
    }
}
