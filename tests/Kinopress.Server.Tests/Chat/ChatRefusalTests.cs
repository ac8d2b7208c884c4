using System.Net;
using System.Net.Http.Json;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Every reason not to let somebody speak.</summary>
public sealed class ChatRefusalTests
{
    [Theory]
    [InlineData("", "chat.empty")]
    [InlineData("see https://example.org", "chat.link_not_allowed")]
    [InlineData("what a Bad Word", "chat.blocked_word")]
    public async Task Words_are_refused_by_the_rules(string text, string code)
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("creator")).EditRulesAsync(live, new ChatRulesEdit { BlockedPhrases = ["bad word"] });

        await Refusals.IsRefusedAsync(code, async () => await (await site.ChatAsync("viewer")).SendAsync(live, text));
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();

        await Refusals.IsRefusedAsync("chat.too_long", async () => await (await site.ChatAsync("viewer")).SendAsync(live, new string('a', 501)));
    }

    [Fact]
    public async Task Strangers_sign_in_first()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();

        using var answer = await site.Http.PostAsJsonAsync($"/rest/v1/lives/{live}/chat/messages", new { text = "hello" });

        await Refusals.IsAsync(answer, HttpStatusCode.Unauthorized, "account.sign_in_required");
    }

    [Fact]
    public async Task Repeating_oneself_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var chat = await site.ChatAsync("viewer");
        await chat.SendAsync(live, "Hello");

        await Refusals.IsRefusedAsync("chat.duplicate", () => chat.SendAsync(live, "hello!"));
    }

    [Fact]
    public async Task Repeating_others_is_refused_where_all_is_unique()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("creator")).EditRulesAsync(live, new ChatRulesEdit { Unique = true });
        await (await site.ChatAsync("viewer")).SendAsync(live, "What a beautiful evening");

        await Refusals.IsRefusedAsync("chat.not_unique", async () => await (await site.ChatAsync("creator2")).SendAsync(live, "what a beautiful evening"));
    }

    [Fact]
    public async Task The_fourth_message_at_once_is_too_fast_and_silence_helps()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        var chat = await site.ChatAsync("viewer");
        foreach (var text in (string[])["one", "two", "three"])
        {
            await chat.SendAsync(live, text);
        }

        await Refusals.IsRefusedAsync("chat.too_fast", () => chat.SendAsync(live, "four"));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("five", (await chat.SendAsync(live, "five")).Message.Text);
    }

    [Fact]
    public async Task Slow_mode_says_how_long_to_wait()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("creator")).EditRulesAsync(live, new ChatRulesEdit { SlowModeSeconds = 30 });
        using var viewer = await site.HttpAsync("viewer");
        using var first = await viewer.PostAsJsonAsync($"/rest/v1/lives/{live}/chat/messages", new { text = "one" });
        clock.Advance(TimeSpan.FromSeconds(10));

        using var second = await viewer.PostAsJsonAsync($"/rest/v1/lives/{live}/chat/messages", new { text = "two" });

        Assert.Contains("\"retryAfterSeconds\":20", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Refusals.IsAsync(second, HttpStatusCode.TooManyRequests, "chat.slow_mode");
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("three", (await (await site.ChatAsync("viewer")).SendAsync(live, "three")).Message.Text);
    }

    [Fact]
    public async Task New_accounts_wait_where_the_rules_say_so()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("creator")).EditRulesAsync(live, new ChatRulesEdit { MinAccountAgeMinutes = 60 });

        await Refusals.IsRefusedAsync("chat.account_too_new", async () => await (await site.ChatAsync("viewer")).SendAsync(live, "hello"));
    }

    [Fact]
    public async Task A_paused_chat_is_for_moderators()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("creator")).EditRulesAsync(live, new ChatRulesEdit { Paused = true });

        await Refusals.IsRefusedAsync("chat.paused", async () => await (await site.ChatAsync("viewer")).SendAsync(live, "hello"));
        Assert.Equal("owner", (await (await site.ChatAsync("creator")).SendAsync(live, "hello")).Message.AuthorRole);
    }

    [Fact]
    public async Task A_live_without_chat_takes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync(hasChat: false);

        await Refusals.IsRefusedAsync("chat.closed", async () => await (await site.ChatAsync("creator")).SendAsync(live, "hello"));
    }

    [Fact]
    public async Task Ten_minutes_after_the_end_the_chat_closes()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        await site.EndLiveAsync((await site.StartLiveAsync(live)).Id);
        var chat = await site.ChatAsync("viewer");
        await chat.SendAsync(live, "goodbye");
        clock.Advance(TimeSpan.FromMinutes(10));

        await Refusals.IsRefusedAsync("chat.closed", () => chat.SendAsync(live, "is anybody here"));
    }

    [Fact]
    public async Task The_chat_of_a_private_live_is_not_there()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync("private");
        var chat = await site.ChatAsync("viewer");
        var moderator = await site.ChatAsync("moderator");

        await Refusals.IsRefusedAsync("live.not_found", () => chat.SendAsync(live, "hello"));
        await Refusals.IsRefusedAsync("live.not_found", () => chat.ListAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => moderator.GetRulesAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => chat.SendAsync("11111111111", "hello"));
    }

    [Fact]
    public async Task Tokens_need_the_scope()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var writer = await site.ChatAsync("creator", "chat:write");

        var sent = await writer.SendAsync(live, "hello");
        await Refusals.IsRefusedAsync("token.scope_missing", () => writer.ClearAsync(live));
        await Refusals.IsRefusedAsync("token.scope_missing", async () => await (await site.ChatAsync("creator", "chat:moderate")).SendAsync(live, "hello you"));
        await writer.DeleteAsync(live, sent.Message.Id);
    }

    [Fact]
    public async Task Reactions_are_those_the_chat_offers()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var chat = await site.ChatAsync("viewer");

        await chat.ReactAsync(live, "❤️");
        await Refusals.IsRefusedAsync("chat.reaction_unknown", () => chat.ReactAsync(live, "hello"));
    }
}
