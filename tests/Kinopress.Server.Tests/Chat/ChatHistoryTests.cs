using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>What was said, afterwards.</summary>
public sealed class ChatHistoryTests
{
    [Fact]
    public async Task History_goes_back_page_by_page_and_by_time()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        var chat = await site.ChatAsync("viewer");
        List<DateTimeOffset> moments = [];
        foreach (var text in (string[])["one", "two", "three"])
        {
            moments.Add((await chat.SendAsync(live, text)).Message.SentAt);
            clock.Advance(TimeSpan.FromSeconds(3));
        }

        await site.UseAsync(async (Core.Features.Chat.ChatRooms rooms) =>
        {
            await rooms.SettleAsync(live, CancellationToken.None);
            return true;
        });
        var first = await chat.ListAsync(live, new ChatQuery { Limit = 2 });
        var second = await chat.ListAsync(live, new ChatQuery { Limit = 2, Cursor = first.Next });
        var between = await chat.ListAsync(live, new ChatQuery { After = moments[0], Before = moments[2] });

        Assert.Equal(["three", "two", "one"], first.Items.Concat(second.Items).Select(message => message.Text));
        Assert.Null(second.Next);
        Assert.Equal(["two"], between.Items.Select(message => message.Text));
    }

    [Fact]
    public async Task A_replay_has_the_words_of_its_time_on_air_where_they_were_said()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await site.AddLiveAsync();
        var (viewer, creator) = (await site.ChatAsync("viewer"), await site.ChatAsync("creator"));
        await viewer.SendAsync(live, "before");
        clock.Advance(TimeSpan.FromSeconds(5));
        var session = await site.StartLiveAsync(live);
        clock.Advance(TimeSpan.FromSeconds(7));
        await viewer.SendAsync(live, "wow :heart:");
        var rude = await creator.SendAsync(live, "deleted later");
        clock.Advance(TimeSpan.FromSeconds(60));
        await viewer.SendAsync(live, "a minute later");
        await creator.DeleteAsync(live, rude.Message.Id);
        clock.Advance(TimeSpan.FromSeconds(1));
        var video = (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId ?? "";
        await viewer.SendAsync(live, "after");

        var first = await site.Stranger().Chat.ReplayAsync(video);
        var second = await site.Stranger().Chat.ReplayAsync(video, 60_000, 120_000);

        Assert.Equal([(7000L, "wow ❤️")], first.Items.Select(item => (item.OffsetMs, item.Message.Text)));
        Assert.Equal([(67_000L, "a minute later")], second.Items.Select(item => (item.OffsetMs, item.Message.Text)));
        using var answer = await site.Http.GetAsync($"/rest/v1/videos/{video}/chat?from=0&to=60000");
        Assert.Equal("public, max-age=30", answer.Headers.CacheControl?.ToString());
        Assert.Contains("mode=\"replay\"", await site.Http.GetStringAsync($"/watch/{video}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_recording_leaves_out_does_not_make_the_chat_late()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock, RunsJobs = false });
        var live = await site.AddLiveAsync();
        var viewer = await site.ChatAsync("viewer");
        var session = await site.StartLiveAsync(live);
        clock.Advance(TimeSpan.FromSeconds(15));
        await viewer.SendAsync(live, "is it gone?");
        clock.Advance(TimeSpan.FromSeconds(40));
        await viewer.SendAsync(live, "it is back");
        clock.Advance(TimeSpan.FromSeconds(1));
        var recording = await site.RecordAsync(session) with { Gaps = [new RecordingGap(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40))] };
        var video = (await site.EndLiveAsync(session.Id, recording)).ReplayPublicId ?? "";

        var heard = (await site.Stranger().Chat.ReplayAsync(video)).Items;
        var later = (await site.Stranger().Chat.ReplayAsync(video, 15_000, 20_000)).Items;

        Assert.Equal([(10_000L, "is it gone?"), (15_000L, "it is back")], heard.Select(item => (item.OffsetMs, item.Message.Text)));
        Assert.Equal(["it is back"], later.Select(item => item.Message.Text));
    }

    [Fact]
    public async Task A_video_that_was_never_on_air_has_no_chat()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm());

        Assert.Empty((await site.Stranger().Chat.ReplayAsync(film, -5, long.MaxValue)).Items);
        Assert.DoesNotContain("kinopress-chat", await site.Http.GetStringAsync($"/watch/{film}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_survives_a_restart()
    {
        await using var site = await TestSite.StartAsync();
        var live = await site.AddLiveAsync();
        await (await site.ChatAsync("viewer")).SendAsync(live, "hello");

        await site.RestartAsync();

        Assert.Equal(["hello"], (await site.Stranger().Chat.ListAsync(live)).Items.Select(message => message.Text));
    }
}
