using System.Net;
using System.Text.Json;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Emotes of a site's own: who may add them, and who sees what of them.</summary>
public sealed class EmoteTests
{
    [Fact]
    public async Task An_emote_is_there_for_everybody_in_three_sizes_that_never_change()
    {
        await using var site = await EmoteSite.StartAsync();

        var added = await (await site.ChatAsync("moderator")).AddEmoteAsync("Popcorn_Time");

        var listed = Assert.Single((await site.Stranger().Chat.ListEmotesAsync()).Items);
        Assert.Equal((added.Id, "Popcorn_Time", false), (listed.Id, listed.Name, listed.IsAnimated));
        Assert.Matches("^[0-9a-f]{24}$", listed.Picture);
        Assert.Equal([28, 56, 112], listed.Images.Select(image => image.Width));
        foreach (var image in listed.Images)
        {
            using var answer = await site.Http.GetAsync(image.Url);
            Assert.Equal($"/media/e/{listed.Picture}/{image.Width}.webp", image.Url);
            Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith($"{image.Width}.webp", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("chat_emote.added", await site.EventsAsync());
    }

    [Theory]
    [InlineData("/media/e/000000000000000000000000/28.webp")]
    [InlineData("/media/e/{0}/29.webp")]
    [InlineData("/media/e/{0}/sent.webp")]
    [InlineData("/media/e/..%2F..%2Fsite.db/28.webp")]
    public async Task Nothing_else_is_at_such_an_address(string address)
    {
        await using var site = await EmoteSite.StartAsync();
        var picture = (await (await site.ChatAsync("owner")).AddEmoteAsync("wave2")).Picture;

        using var answer = await site.Http.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, picture));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_message_keeps_the_name_and_tells_that_it_is_a_picture()
    {
        await using var site = await EmoteSite.StartAsync();
        var live = await site.AddLiveAsync();
        var picture = (await (await site.ChatAsync("owner")).AddEmoteAsync("wave2")).Picture;
        var viewer = await site.ChatAsync("viewer");

        var sent = (await viewer.SendAsync(live, ":WAVE2: hello :heart: :nobody: :wave2:")).Message;

        var read = Assert.Single((await site.Stranger().Chat.ListAsync(live)).Items);
        Assert.Equal((":WAVE2: hello ❤️ :nobody: :wave2:", ":WAVE2: hello ❤️ :nobody: :wave2:"), (sent.Text, read.Text));
        Assert.Equal([("wave2", picture)], sent.Emotes.Select(emote => (emote.Name, emote.Picture)));
        Assert.Equal(sent.Emotes, read.Emotes);
        Assert.Equal([(":WAVE2: hello ❤️ :nobody: :wave2:", Core.Features.Chat.ChatMessageState.Shown)], await site.KeptAsync());
    }

    [Fact]
    public async Task Open_rooms_hear_of_each_change_and_old_messages_follow()
    {
        await using var site = await EmoteSite.StartAsync();
        var live = await site.AddLiveAsync();
        var (owner, viewer) = (await site.ChatAsync("owner"), await site.ChatAsync("viewer"));
        await viewer.SendAsync(live, "before there was :wave2:");
        await using var listener = await site.ListenAsync(live);
        Assert.Empty(Names((await listener.HearAsync("snapshot")).GetProperty("siteEmotes")));

        var added = await owner.AddEmoteAsync("wave2");
        var afterAdding = await listener.HearAsync("emotes");
        var pinned = (await viewer.SendAsync(live, "now there is :wave2:")).Message.Id;
        var said = (await listener.HearAsync("message")).GetProperty("message");
        await (await site.ChatAsync("creator")).PinAsync(live, pinned);
        await using var between = await site.ListenAsync(live);
        var snapshot = await between.HearAsync("snapshot");
        await owner.DeleteEmoteAsync(added.Id);
        var afterDeleting = await listener.HearAsync("emotes");
        await using var late = await site.ListenAsync(live);
        var last = await late.HearAsync("snapshot");

        Assert.Equal(["wave2"], Names(afterAdding.GetProperty("siteEmotes")));
        Assert.Equal(["wave2"], Names(said.GetProperty("emotes")));
        Assert.All(snapshot.GetProperty("messages").EnumerateArray(), message => Assert.Equal(["wave2"], Names(message.GetProperty("emotes"))));
        Assert.Equal(["wave2"], Names(snapshot.GetProperty("pinned").GetProperty("emotes")));
        Assert.Empty(Names(afterDeleting.GetProperty("siteEmotes")));
        Assert.All(last.GetProperty("messages").EnumerateArray(), message => Assert.Empty(Names(message.GetProperty("emotes"))));
        Assert.Empty(Names(last.GetProperty("pinned").GetProperty("emotes")));
        Assert.Equal("now there is :wave2:", last.GetProperty("pinned").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_replay_draws_with_the_emotes_there_are_now()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock, RunsJobs = false, Processes = EmoteSite.Painter() });
        var live = await site.AddLiveAsync();
        var owner = await site.ChatAsync("owner");
        var session = await site.StartLiveAsync(live);
        clock.Advance(TimeSpan.FromSeconds(3));
        await (await site.ChatAsync("viewer")).SendAsync(live, ":wave2:");
        clock.Advance(TimeSpan.FromSeconds(1));
        var video = (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId ?? "";

        var before = Assert.Single((await site.Stranger().Chat.ReplayAsync(video)).Items).Message;
        var added = await owner.AddEmoteAsync("wave2");
        var with = Assert.Single((await site.Stranger().Chat.ReplayAsync(video)).Items).Message;
        await owner.DeleteEmoteAsync(added.Id);
        var after = Assert.Single((await site.Stranger().Chat.ReplayAsync(video)).Items).Message;

        Assert.Equal((0, 1, 0), (before.Emotes.Count, with.Emotes.Count, after.Emotes.Count));
        Assert.Equal(":wave2:", after.Text);
    }

    [Fact]
    public async Task A_deleted_emote_takes_its_pictures_along_and_its_name_is_free()
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");
        var added = await owner.AddEmoteAsync("wave2");
        Assert.Equal(4, site.EmoteFiles().Count);

        await owner.DeleteEmoteAsync(added.Id);

        using var answer = await site.Http.GetAsync(added.Images[0].Url);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty((await owner.ListEmotesAsync()).Items);
        await Eventually.HoldsAsync(() => Task.FromResult(site.EmoteFiles().Count == 0), "its pictures are gone");
        await Refusals.IsRefusedAsync("chat.emote_not_found", () => owner.DeleteEmoteAsync(added.Id));
        await owner.AddEmoteAsync("WAVE2");
    }

    [Fact]
    public async Task Two_emotes_may_show_the_same_and_one_goes_without_the_other()
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");
        var (first, second) = (await owner.AddEmoteAsync("one"), await owner.AddEmoteAsync("two"));

        await owner.DeleteEmoteAsync(first.Id);

        using var answer = await site.Http.GetAsync(second.Images[0].Url);
        Assert.Equal((first.Picture, HttpStatusCode.OK), (second.Picture, answer.StatusCode));
    }

    [Fact]
    public async Task What_one_reads_of_emotes_survives_a_restart()
    {
        await using var site = await EmoteSite.StartAsync();
        var added = await (await site.ChatAsync("owner")).AddEmoteAsync("wave2", EmoteSite.Gif(3));

        await site.RestartAsync();

        Assert.Equal((added.Id, true), Assert.Single((await site.Stranger().Chat.ListEmotesAsync()).Items.Select(emote => (emote.Id, emote.IsAnimated))));
    }

    private static IEnumerable<string?> Names(JsonElement emotes) => emotes.EnumerateArray().Select(emote => emote.GetProperty("name").GetString());
}
