using Kinopress.Client;
using Kinopress.Core.Features.Chat;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using ChatRulesEdit = Kinopress.Client.ChatRulesEdit;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Every act of keeping order, and who may.</summary>
public sealed class ChatModerationTests
{
    [Theory]
    [InlineData("creator")]
    [InlineData("moderator")]
    [InlineData("editor")]
    [InlineData("owner")]
    public async Task Whoever_moderates_deletes_messages(string person)
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var sent = await (await site.ChatAsync("viewer")).SendAsync(live, "hello");

        await (await site.ChatAsync(person)).DeleteAsync(live, sent.Message.Id);

        Assert.Equal([("hello", ChatMessageState.Deleted)], await site.KeptAsync());
        Assert.Empty((await site.Stranger().Chat.ListAsync(live)).Items);
    }

    [Fact]
    public async Task Who_does_not_moderate_finds_nothing_to_moderate()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var id = (await (await site.ChatAsync("viewer")).SendAsync(live, "hello")).Message.Id;
        var other = await site.ChatAsync("creator2");

        await Refusals.IsRefusedAsync("chat.message_not_found", () => other.DeleteAsync(live, id));
        await Refusals.IsRefusedAsync("chat.message_not_found", () => other.PurgeAuthorAsync(live, id));
        await Refusals.IsRefusedAsync("chat.message_not_found", () => other.BanAsync(live, id));
        await Refusals.IsRefusedAsync("chat.message_not_found", () => other.PinAsync(live, id));
        await Refusals.IsRefusedAsync("chat.message_not_found", () => other.ApproveHeldAsync(live, id));
        await Refusals.IsRefusedAsync("live.not_found", () => other.ClearAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => other.UnpinAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => other.GetRulesAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => other.EditRulesAsync(live, new ChatRulesEdit { Paused = true }));
        await Refusals.IsRefusedAsync("live.not_found", () => other.ListBansAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => other.ListHeldAsync(live));
        await Refusals.IsRefusedAsync("live.not_found", () => other.UnbanAsync(live, id));
    }

    [Fact]
    public async Task Whoever_is_kept_from_writing_is_told_at_once_and_others_are_not()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var viewer = await site.ChatAsync("viewer");
        var creator = await site.ChatAsync("creator");
        await using var kept = await site.ListenAsync(live, "viewer");
        await using var other = await site.ListenAsync(live, "creator2");
        await kept.HearAsync("snapshot");
        await other.HearAsync("snapshot");
        var id = (await viewer.SendAsync(live, "hello")).Message.Id;

        var ban = await creator.BanAsync(live, id, minutes: 10);
        var restricted = (await kept.HearAsync("restriction")).GetProperty("restriction");
        await using var again = await site.ListenAsync(live, "viewer");
        var welcomed = (await again.HearAsync("welcome")).GetProperty("restriction");
        await creator.UnbanAsync(live, ban.Id);
        var forgiven = (await kept.HearAsync("restriction")).GetProperty("restriction");
        await other.HearTextAsync();
        await creator.SendAsync(live, "welcome back");

        Assert.Equal(ban.Until?.ToUnixTimeMilliseconds(), restricted.GetProperty("until").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(ban.Until?.ToUnixTimeMilliseconds(), welcomed.GetProperty("until").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, forgiven.ValueKind);
        Assert.Equal(["message"], await other.HearKindsUntilAsync("message"));
    }

    [Fact]
    public async Task Everybody_takes_back_his_own_words()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var chat = await site.ChatAsync("viewer");
        var id = (await chat.SendAsync(live, "hello")).Message.Id;

        await chat.DeleteAsync(live, id);

        await Refusals.IsRefusedAsync("chat.message_not_found", () => chat.DeleteAsync(live, id));
    }

    [Fact]
    public async Task Everything_of_a_person_goes_and_the_rest_stays()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var viewer = await site.ChatAsync("viewer");
        await viewer.SendAsync(live, "one");
        var id = (await viewer.SendAsync(live, "two")).Message.Id;
        await (await site.ChatAsync("creator")).SendAsync(live, "mine");

        var count = await (await site.ChatAsync("creator")).PurgeAuthorAsync(live, id);

        Assert.Equal(2, count);
        Assert.Equal(["mine"], (await site.Stranger().Chat.ListAsync(live)).Items.Select(message => message.Text));
    }

    [Fact]
    public async Task A_time_out_holds_at_once_in_all_rooms_of_the_channel_and_ends()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var (live, next) = (await site.AddLiveAsync(), await site.AddLiveAsync());
        var (viewer, creator) = (await site.ChatAsync("viewer"), await site.ChatAsync("creator"));
        var id = (await viewer.SendAsync(live, "rude")).Message.Id;

        var ban = await creator.BanAsync(live, id, minutes: 10);

        Assert.Equal(clock.GetUtcNow().AddMinutes(10), ban.Until);
        await Refusals.IsRefusedAsync("chat.timed_out", () => viewer.SendAsync(live, "why"));
        clock.Advance(TimeSpan.FromSeconds(10));
        await Refusals.IsRefusedAsync("chat.timed_out", () => viewer.SendAsync(next, "here then"));
        await Refusals.IsRefusedAsync("chat.timed_out", () => viewer.ReactAsync(live, "❤️"));
        clock.Advance(TimeSpan.FromMinutes(10));
        await viewer.SendAsync(live, "sorry");
        Assert.Empty((await creator.ListBansAsync(live)).Items);
    }

    [Fact]
    public async Task A_ban_lasts_until_it_is_lifted()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var (viewer, creator) = (await site.ChatAsync("viewer"), await site.ChatAsync("creator"));
        var id = (await viewer.SendAsync(live, "rude")).Message.Id;

        await creator.BanAsync(live, id, minutes: 1);
        var ban = await creator.BanAsync(live, id);

        await Refusals.IsRefusedAsync("chat.banned", () => viewer.SendAsync(live, "why"));
        var listed = Assert.Single((await creator.ListBansAsync(live)).Items);
        Assert.Equal((ban.Id, "Test viewer", null), (listed.Id, listed.Name, listed.Until));
        await creator.UnbanAsync(live, ban.Id);
        await viewer.SendAsync(live, "thank you");
        await Refusals.IsRefusedAsync("chat.ban_not_found", () => creator.UnbanAsync(live, ban.Id));
    }

    [Theory]
    [InlineData("creator")]
    [InlineData("moderator")]
    [InlineData("owner")]
    public async Task Those_who_keep_order_cannot_be_kept_out(string person)
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var id = (await (await site.ChatAsync(person)).SendAsync(live, "hello")).Message.Id;

        await Refusals.IsRefusedAsync("chat.may_not_be_banned", async () => await (await site.ChatAsync("creator")).BanAsync(live, id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20161)]
    [InlineData(int.MaxValue)]
    public async Task Time_outs_have_bounds(int minutes)
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var id = (await (await site.ChatAsync("viewer")).SendAsync(live, "hello")).Message.Id;

        await Refusals.IsRefusedAsync("chat.invalid", async () => await (await site.ChatAsync("creator")).BanAsync(live, id, minutes));
    }

    [Fact]
    public async Task One_message_is_pinned_until_it_is_deleted()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var creator = await site.ChatAsync("creator");
        var first = (await creator.SendAsync(live, "first")).Message.Id;
        var second = (await creator.SendAsync(live, "second")).Message.Id;
        await creator.PinAsync(live, first);
        await creator.PinAsync(live, second);
        await using var listener = await site.ListenAsync(live);

        var before = (await listener.HearAsync("snapshot")).GetProperty("pinned").GetProperty("text").GetString();
        await creator.DeleteAsync(live, second);

        Assert.Equal("second", before);
        // What was pinned before may come once more, when it happened just as the listener came in.
        await Eventually.HoldsAsync(
            async () => (await listener.HearAsync("pinned")).GetProperty("message").ValueKind == System.Text.Json.JsonValueKind.Null, "nothing is pinned any more");
        await Refusals.IsRefusedAsync("chat.message_not_found", () => creator.PinAsync(live, second));
        await creator.UnpinAsync(live);
    }

    [Fact]
    public async Task A_held_message_is_shown_or_rejected_once()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var (viewer, creator) = (await site.ChatAsync("viewer"), await site.ChatAsync("creator"));
        await creator.EditRulesAsync(live, new ChatRulesEdit { Hold = "suspicious" });

        var good = await viewer.SendAsync(live, "see example.org");
        var bad = await viewer.SendAsync(live, "see example.com");

        Assert.True(good.IsHeld && bad.IsHeld);
        Assert.Empty((await viewer.ListAsync(live)).Items);
        Assert.Equal(["see example.com", "see example.org"], (await creator.ListHeldAsync(live)).Items.Select(message => message.Text));
        await creator.ApproveHeldAsync(live, good.Message.Id);
        await creator.RejectHeldAsync(live, bad.Message.Id);
        Assert.Equal(["see example.org"], (await viewer.ListAsync(live)).Items.Select(message => message.Text));
        await Refusals.IsRefusedAsync("chat.not_held", () => creator.RejectHeldAsync(live, good.Message.Id));
        await Refusals.IsRefusedAsync("chat.not_held", () => creator.ApproveHeldAsync(live, bad.Message.Id));
        Assert.Empty((await creator.ListHeldAsync(live)).Items);
    }

    [Fact]
    public async Task Clearing_leaves_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var creator = await site.ChatAsync("creator");
        await creator.PinAsync(live, (await creator.SendAsync(live, "one")).Message.Id);
        await creator.SendAsync(live, "two");

        Assert.Equal(2, await creator.ClearAsync(live));

        Assert.Empty((await creator.ListAsync(live)).Items);
        await using var listener = await site.ListenAsync(live);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await listener.HearAsync("snapshot")).GetProperty("pinned").ValueKind);
    }

    [Fact]
    public async Task Rules_change_one_by_one()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        var creator = await site.ChatAsync("creator");

        await creator.EditRulesAsync(live, new ChatRulesEdit { SlowModeSeconds = 5, BlockedPhrases = ["bad", " bad ", ""] });
        var rules = await creator.EditRulesAsync(live, new ChatRulesEdit { Links = "everyone" });

        Assert.Equal((5, "everyone", "nothing"), (rules.SlowModeSeconds, rules.Links, rules.Hold));
        Assert.Equal(["bad"], rules.BlockedPhrases);
        var refused = await Refusals.RefusedAsync(() => creator.EditRulesAsync(live, new ChatRulesEdit { SlowModeSeconds = 1000 }));
        Assert.Equal("chat.invalid", refused.Code);
    }
}
