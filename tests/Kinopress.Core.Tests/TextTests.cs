using System.Globalization;
using System.Text;
using CsCheck;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

public sealed class TextTests
{
    private static readonly string[] Trouble = ["a", "\u0301", "👩‍👩‍👧‍👦", "\U0001D165", " ", "\n", "\u202e", "\ud800", "\u200d", "\0", "é", "-"];

    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.String, Gen.Int[0, Trouble.Length - 1].Array[0, 300].Select(picks => string.Concat(picks.Select(pick => Trouble[pick]))));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t\r\n\u00a0", null)]
    [InlineData("\u202e\u2066", null)]
    [InlineData("  a \n b\t\tc ", "a b c")]
    [InlineData("a\u202eb", "ab")]
    [InlineData("\ud800x", "x")]
    [InlineData("a\ufffeb\uffff\ufdd0c", "abc")]
    [InlineData("\ufffe", null)]
    public void A_line_is_tidied(string? raw, string? expected) => Assert.Equal(expected, Text.SingleLine(raw, 100));

    [Theory]
    [InlineData("\ufffe")]
    [InlineData("a\ud800b")]
    [InlineData("\U0001ffff")]
    public void Text_that_is_no_Unicode_has_a_fold_and_a_slug_all_the_same(string raw)
    {
        Assert.StartsWith(" cafe ", ChatWords.Fold($"Café {raw}"), StringComparison.Ordinal);
        Assert.StartsWith("cafe", Text.Slug($"Café {raw}", 20), StringComparison.Ordinal);
        Assert.DoesNotContain('\ufffe', Text.MultiLine($"one\n{raw}two", 100) ?? "");
    }

    [Fact]
    public void A_line_is_cut_between_characters() =>
        Assert.Equal("🎬e\u0301", Text.SingleLine("🎬e\u0301x", 2));

    [Fact]
    public void Lines_are_bounded_whole_and_stay_as_they_are() => Gen.Select(Anything, Gen.Int[1, 50]).Sample((raw, max) =>
    {
        if (Text.SingleLine(raw, max) is not { } line)
        {
            return;
        }

        Assert.InRange(new StringInfo(line).LengthInTextElements, 1, max);
        Assert.InRange(line.Length, 1, max * 4);
        Assert.True(IsWellFormed(line));
        Assert.DoesNotContain(line, char.IsControl);
    });

    [Fact]
    public void Texts_are_bounded_and_whole() => Gen.Select(Anything, Gen.Int[1, 50]).Sample((raw, max) =>
    {
        if (Text.MultiLine(raw, max) is not { } text)
        {
            return;
        }

        Assert.InRange(text.Length, 1, max * 4);
        Assert.True(IsWellFormed(text));
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain('\0', text);
    });

    [Theory]
    [InlineData("Film Night", "film-night")]
    [InlineData("  Été à Zürich!! ", "ete-a-zurich")]
    [InlineData("日本語", null)]
    [InlineData("---", null)]
    [InlineData("a--b__c", "a-b-c")]
    public void A_slug_is_plain(string raw, string? expected) => Assert.Equal(expected, Text.Slug(raw, 30));

    [Fact]
    public void Slugs_have_one_shape() => Gen.Select(Anything, Gen.Int[1, 40]).Where((raw, _) => IsWellFormed(raw)).Sample((raw, max) =>
    {
        if (Text.Slug(raw, max) is { } slug)
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", slug);
            Assert.InRange(slug.Length, 1, max);
            Assert.Equal(slug, Text.Slug(slug, max));
        }
    });

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar || text.Contains('\ufffd', StringComparison.Ordinal));
}
