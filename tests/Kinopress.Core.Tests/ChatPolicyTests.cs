using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

public sealed class ChatPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 20, 0, 0, TimeSpan.Zero);

    private static readonly ChatAuthor Member = new(
        new Id<User>(new Guid("01890000-0000-7000-8000-000000000001")), "Mia", ChatRole.Member, Now.AddHours(-1), "stamp", Restriction: null);

    [Theory]
    [InlineData("hello", null)]
    [InlineData(null, "chat.empty")]
    [InlineData("see https://example.org", "chat.link_not_allowed")]
    [InlineData("see www.example.org", "chat.link_not_allowed")]
    [InlineData("go to example.com now", "chat.link_not_allowed")]
    [InlineData("(example.tv/abc)", "chat.link_not_allowed")]
    [InlineData("mine.example/page", "chat.link_not_allowed")]
    [InlineData("well.then", null)]
    [InlineData("3.5 to 1", null)]
    [InlineData("wait...what", null)]
    [InlineData("you are a Bad Word", "chat.blocked_word")]
    [InlineData("B\u00e1d  wo\u200brd!", "chat.blocked_word")]
    [InlineData("badwords", null)]
    public void A_member_may_say_what_no_rule_forbids(string? text, string? code) =>
        Assert.Equal(code, CodeOf(text, Member, ChatRules.Default with { BlockedPhrases = ["bad word"] }, ChatPast.Nothing));

    [Fact]
    public void Who_is_nobody_signs_in_first() => Assert.Equal("chat.sign_in_required", CodeOf("hello", author: null, ChatRules.Default, ChatPast.Nothing));

    [Fact]
    public void A_closed_room_takes_nothing_not_even_from_moderators() =>
        Assert.Equal("chat.closed", CodeOf("hello", Member with { Role = ChatRole.Moderator }, ChatRules.Default, ChatPast.Nothing, isOpen: false));

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "chat.too_long")]
    public void Messages_are_bounded(int length, string? code) => Assert.Equal(code, CodeOf(new string('a', length), Member, ChatRules.Default, ChatPast.Nothing));

    [Fact]
    public void A_time_out_ends()
    {
        var author = Member with { Restriction = new ChatAuthorRestriction(Now.AddMinutes(10)) };

        Assert.Equal("chat.timed_out", CodeOf("hello", author, ChatRules.Default, ChatPast.Nothing));
        Assert.Null(CodeOf("hello", author with { Restriction = new ChatAuthorRestriction(Now) }, ChatRules.Default, ChatPast.Nothing));
        Assert.Equal("chat.banned", CodeOf("hello", author with { Restriction = new ChatAuthorRestriction(Until: null) }, ChatRules.Default, ChatPast.Nothing));
    }

    [Fact]
    public void Slow_mode_counts_from_the_last_message()
    {
        var rules = ChatRules.Default with { SlowModeInSeconds = 30 };

        ChatPolicy.Decide("hello", Member, rules, ChatPast.Nothing with { LastSentAt = Now.AddSeconds(-20) }, isOpen: true, Now).Failed(out var failure);

        Assert.Equal(("chat.slow_mode", TimeSpan.FromSeconds(10)), (failure?.Code, failure?.RetryAfter));
        Assert.Null(CodeOf("hello", Member, rules, ChatPast.Nothing with { LastSentAt = Now.AddSeconds(-30) }));
    }

    [Fact]
    public void A_new_account_waits_where_the_rules_say_so()
    {
        Assert.Equal("chat.account_too_new", CodeOf("hello", Member, ChatRules.Default with { MinAccountAgeInMinutes = 61 }, ChatPast.Nothing));
        Assert.Null(CodeOf("hello", Member, ChatRules.Default with { MinAccountAgeInMinutes = 60 }, ChatPast.Nothing));
    }

    [Fact]
    public void Nobody_repeats_himself_within_half_a_minute()
    {
        var past = ChatPast.Nothing with { OwnTexts = [(ChatWords.Fold("Hello there"), Now.AddSeconds(-29))] };

        Assert.Equal("chat.duplicate", CodeOf("hello  THERE!", Member, ChatRules.Default, past));
        Assert.Null(CodeOf("hello you", Member, ChatRules.Default, past));
    }

    [Theory]
    [InlineData("what a beautiful picture", "chat.not_unique")]
    [InlineData("gg", null)]
    public void Where_all_is_unique_nobody_repeats_others(string text, string? code) =>
        Assert.Equal(code, CodeOf(text, Member, ChatRules.Default with { OnlyUnique = true }, ChatPast.Nothing with { WasJustSaid = _ => true }));

    [Fact]
    public void A_paused_room_is_for_moderators()
    {
        Assert.Equal("chat.paused", CodeOf("hello", Member, ChatRules.Default with { IsPaused = true }, ChatPast.Nothing));
        Assert.Null(CodeOf("hello", Member with { Role = ChatRole.Moderator }, ChatRules.Default with { IsPaused = true }, ChatPast.Nothing));
    }

    [Theory]
    [InlineData(ChatHold.Suspicious, "hello", false)]
    [InlineData(ChatHold.Suspicious, "see example.com", true)]
    [InlineData(ChatHold.Suspicious, "bad word", true)]
    [InlineData(ChatHold.Everything, "hello", true)]
    public void What_is_held_is_not_refused(ChatHold hold, string text, bool isHeld)
    {
        var decided = ChatPolicy.Decide(text, Member, ChatRules.Default with { Hold = hold, BlockedPhrases = ["bad word"] }, ChatPast.Nothing, isOpen: true, Now);

        Assert.Equal(isHeld, decided.Match(held => held, failure => throw new InvalidOperationException(failure.Code)));
    }

    [Theory]
    [InlineData(ChatRole.Moderator)]
    [InlineData(ChatRole.Owner)]
    public void Rules_are_not_for_those_who_make_them(ChatRole role)
    {
        var strict = new ChatRules(120, ChatRules.MaxAccountAgeInMinutes, ChatLinks.Moderators, ["bad word"], ChatHold.Everything, OnlyUnique: true, IsPaused: true);

        Assert.Null(CodeOf("bad word https://example.org", Member with { Role = role }, strict, new ChatPast(Now, [], _ => true)));
    }

    [Fact]
    public void Three_at_once_then_ten_seconds_of_silence()
    {
        var pace = ChatPace.OfMessages();

        Assert.Equal([null, null, null, TimeSpan.FromSeconds(10)], Enumerable.Range(0, 4).Select(_ => pace.Take(Now)));
        Assert.Equal(TimeSpan.FromSeconds(7), pace.Take(Now.AddSeconds(3)));
        Assert.Null(pace.Take(Now.AddSeconds(10)));
    }

    [Theory]
    [InlineData("I :heart: this :fire:", "I ❤️ this 🔥")]
    [InlineData("at 10:30:45", "at 10:30:45")]
    [InlineData(":nobody: :cat:", ":nobody: 🐱")]
    [InlineData("a:b:cat:", "a:b🐱")]
    [InlineData("::", "::")]
    public void Names_between_colons_become_emoji(string typed, string expanded) => Assert.Equal(expanded, BuiltInEmotes.Expand(typed));

    [Theory]
    [InlineData(2)]
    [InlineData(121)]
    [InlineData(-1)]
    public void Slow_mode_has_bounds(int seconds)
    {
        Assert.True(new ChatRulesEdit { SlowModeSeconds = seconds, Links = "1", Hold = "often", MinAccountAgeMinutes = -1 }.ApplyTo(ChatRules.Default).Failed(out var failure));
        Assert.Equal(["hold", "links", "minAccountAgeMinutes", "slowModeSeconds"], failure.Fields?.Keys.Order(StringComparer.Ordinal));
    }

    private static string? CodeOf(string? text, ChatAuthor? author, ChatRules rules, ChatPast past, bool isOpen = true) =>
        ChatPolicy.Decide(text, author, rules, past, isOpen, Now).Failed(out var failure) ? failure.Code : null;
}
