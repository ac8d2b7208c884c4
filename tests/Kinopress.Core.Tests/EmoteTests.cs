using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

/// <summary>Names between colons that are pictures of the site.</summary>
public sealed class EmoteTests
{
    private static readonly ChatEmoteSet Emotes = new(
    [
        new ChatEmoteView(default, "popcorn_time", new string('a', 24), IsAnimated: false, default),
        new ChatEmoteView(default, "Wave2", new string('b', 24), IsAnimated: true, default),
    ]);

    [Theory]
    [InlineData("nothing here", "")]
    [InlineData("popcorn_time", "")]
    [InlineData(":popcorn_time:", "popcorn_time")]
    [InlineData("a:popcorn_time:b", "popcorn_time")]
    [InlineData(":wave2: :WAVE2::popcorn_time:", "Wave2 popcorn_time")]
    [InlineData(":nobody:wave2:", "Wave2")]
    [InlineData(":popcorn_time :wave2", "")]
    [InlineData("::wave2::", "Wave2")]
    [InlineData(":<img src=x onerror=alert(1)>:", "")]
    public void A_text_names_those_it_has_between_colons(string text, string names) =>
        Assert.Equal(names, string.Join(' ', Emotes.In(text).Select(emote => emote.Name)));

    [Fact]
    public void A_site_without_emotes_finds_none() => Assert.Empty(ChatEmoteSet.Empty.In(":popcorn_time:"));

    [Theory]
    [InlineData("ab", true)]
    [InlineData("Popcorn_Time_2", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    [InlineData("twenty_one_characters", false)]
    [InlineData("pop corn", false)]
    [InlineData("caf\u00e9", false)]
    [InlineData("pop-corn", false)]
    [InlineData("a:b", false)]
    public void Names_are_what_everybody_can_type(string name, bool isWellFormed) => Assert.Equal(isWellFormed, EmoteNames.IsWellFormed(name));

    [Fact]
    public void A_message_is_as_long_as_it_was_typed()
    {
        var longest = string.Concat(Enumerable.Repeat(":heart: ", 62)) + "abcd";
        var typed = string.Concat(Enumerable.Repeat(":heart: ", 70)) + "a";

        Assert.Equal(500, longest.Length);
        Assert.True(ChatMessage.TextOf(longest)?.Length < 250);
        Assert.True(ChatMessage.TextOf(typed)?.Length > ChatMessage.MaxLength);
        Assert.Null(ChatMessage.TextOf(" \t "));
    }
}
