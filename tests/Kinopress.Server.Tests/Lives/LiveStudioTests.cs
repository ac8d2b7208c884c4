using System.Globalization;
using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveHealth = Kinopress.Core.Features.Lives.LiveHealth;

namespace Kinopress.Server.Tests.Lives;

/// <summary>Studio's pages about lives, in a browser without JavaScript.</summary>
public sealed class LiveStudioTests
{
    [Fact]
    public async Task The_first_visit_says_what_to_do_and_the_form_makes_a_live_whose_key_shows_once()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.PublicRtmpUrl = "rtmp://in.example.org/live" });
        var browser = await site.BrowserAsync("creator");

        var empty = await browser.OpenAsync("/studio/lives");
        using var made = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", "Friday evening"));
        var page = made.Headers.Location?.OriginalString ?? "";
        var first = await browser.OpenAsync(page);
        var second = await browser.OpenAsync(page);

        Assert.NotNull(empty.QuerySelector(".empty a[href='/studio/lives/new']"));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        var key = first.QuerySelector("input[aria-label='Stream key']")?.GetAttribute("value") ?? "";
        Assert.NotNull(await site.UseAsync((LiveQueries lives) => lives.FindByStreamKeyAsync(key, CancellationToken.None)));
        Assert.Equal("rtmp://in.example.org/live", first.QuerySelector("#server-address")?.GetAttribute("value"));
        Assert.Null(second.QuerySelector("input[aria-label='Stream key']"));
        Assert.NotNull((await browser.OpenAsync("/studio/lives")).QuerySelector($"a.video-row-title[href='{page.Split('?')[0]}']"));
        var live = Assert.Single((await (await site.ClientAsync("creator")).Lives.ListAsync(new LiveQuery { Mine = true })).Items);
        Assert.Equal(("Friday evening", "idle", 7200, true, true, true, false), (live.Title, live.State, live.DvrWindowSeconds, live.Record, live.Chat, live.AllowClips, live.Ladder));
    }

    [Fact]
    public async Task A_plan_is_read_in_the_time_the_browser_says()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var day = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        using var inUtc = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", "A"), ("when", "later"), ("scheduledAt", $"{day}T20:00"));
        using var inSummer = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", "B"), ("when", "later"), ("scheduledAt", $"{day}T20:00"), ("utcOffset", "120"));
        using var unread = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", "C"), ("when", "later"), ("scheduledAt", ""));
        using var now = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", "D"), ("when", "now"), ("scheduledAt", "2020-01-01T20:00"));

        var lives = (await (await site.ClientAsync("creator")).Lives.ListAsync(new LiveQuery { Mine = true })).Items.ToDictionary(live => live.Title);
        Assert.Equal(["A", "B", "D"], lives.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(20, lives["A"].ScheduledAt?.Hour);
        Assert.Equal(18, lives["B"].ScheduledAt?.Hour);
        Assert.Null(lives["D"].ScheduledAt);
        Assert.Equal(HttpStatusCode.BadRequest, unread.StatusCode);
        Assert.NotNull((await browser.ReadAsync(unread)).QuerySelector("#scheduledAt[aria-invalid='true']"));
    }

    [Fact]
    public async Task What_was_typed_wrongly_is_still_there()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");

        using var refused = await browser.SubmitAsync("/studio/lives/new", "/studio/lives/new", ("title", " "), ("description", "About songs"), ("dvrWindow", "99999999999"));
        var page = await browser.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull(page.QuerySelector(".error-summary a[href='#title']"));
        Assert.Equal("About songs", page.QuerySelector("#description")?.TextContent);
    }

    [Fact]
    public async Task The_control_room_shows_what_is_on_air_and_takes_markers_and_the_end()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var address = $"/studio/lives/{live}";
        var browser = await site.BrowserAsync("creator");
        var session = await site.StartLiveAsync(live);
        var board = site.Services.GetRequiredService<LiveStatusBoard>();
        board.SetViewers(live, 12);
        board.SetHealth(live, new LiveHealth(5_940_000, 30, TimeSpan.FromSeconds(8), [new Core.Features.Lives.LiveAdvice("keyframes_too_rare", "Your keyframes are 8 s apart: set 2 s.")]));

        using var marked = await browser.SubmitAsync(address, $"{address}/markers", ("markerTitle", "First song"));
        using var nothing = await browser.SubmitAsync(address, $"{address}/markers", ("markerTitle", " "));
        var page = await browser.OpenAsync(address);
        using var ended = await browser.SubmitAsync(address, $"{address}/end");
        await site.EndLiveAsync(session.Id, await site.RecordAsync(session));
        var over = await browser.OpenAsync(address);

        Assert.Equal("12", page.QuerySelector("[data-viewers]")?.TextContent);
        Assert.Equal("5.9 Mbit/s", page.QuerySelector("[data-bitrate]")?.TextContent);
        Assert.Equal("8 s", page.QuerySelector("[data-keyframes]")?.TextContent);
        Assert.Contains("set 2 s", page.QuerySelector("[data-advice]")?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("kinopress-player"));
        Assert.Contains("First song", page.QuerySelector(".live-markers")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Forms, form => form.GetAttribute("action") == $"{address}/delete");
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.NotNull((await browser.ReadAsync(nothing)).QuerySelector("#markerTitle-error"));
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (marked.StatusCode, ended.StatusCode));
        var replay = (await creator.Lives.GetAsync(live)).Replay;
        Assert.NotNull(over.QuerySelector($".live-sessions a[href='/studio/videos/{replay}']"));
        Assert.Null(over.QuerySelector("kinopress-player"));
    }

    [Fact]
    public async Task A_marker_stands_where_its_writing_began_unless_that_cannot_be()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var address = $"/studio/lives/{live}";
        var browser = await site.BrowserAsync("creator");
        await site.StartLiveAsync(live);

        using var first = await browser.SubmitAsync(address, $"{address}/markers", ("markerTitle", "At once"), ("offsetMs", "0"));
        using var second = await browser.SubmitAsync(address, $"{address}/markers", ("markerTitle", "By a wrong clock"), ("offsetMs", "999999999"));
        using var third = await browser.SubmitAsync(address, $"{address}/markers", ("markerTitle", "By no clock"), ("offsetMs", "soon"));

        Assert.All((HttpStatusCode[])[first.StatusCode, second.StatusCode, third.StatusCode], status => Assert.Equal(HttpStatusCode.Found, status));
        var markers = Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items).Markers;
        Assert.Equal(["At once", "By a wrong clock", "By no clock"], markers.Select(marker => marker.Title));
        Assert.Equal(0, markers[0].OffsetMs);
        Assert.InRange(markers[1].OffsetMs, 0, 60_000);
    }

    [Fact]
    public async Task The_chat_the_overlay_and_the_way_from_the_browser_are_at_hand_before_and_after()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var planned = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Soon", ScheduledAt = TimeProvider.System.GetUtcNow().AddDays(2).ToString("O") })).PublicId;
        var silent = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Silent", Chat = false })).PublicId;
        var over = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Over" })).PublicId;
        var replay = await site.AddReplayAsync(over);
        var browser = await site.BrowserAsync("creator");

        var room = await browser.OpenAsync($"/studio/lives/{planned}");
        var without = await browser.OpenAsync($"/studio/lives/{silent}");
        var ended = await browser.OpenAsync($"/studio/lives/{over}");

        var chat = room.QuerySelector($"kinopress-chat[live='{planned}']");
        Assert.Equal(($"/chat/{planned}", false), (chat?.GetAttribute("popout-url"), string.IsNullOrEmpty(chat?.GetAttribute("antiforgery-token"))));
        Assert.EndsWith($"/chat/{planned}/overlay?fade=30", room.QuerySelector("#overlay")?.GetAttribute("value"), StringComparison.Ordinal);
        Assert.NotNull(room.QuerySelector($".live-preview a[href='/studio/lives/{planned}/broadcast']"));
        Assert.Null(without.QuerySelector("kinopress-chat"));
        Assert.NotNull(ended.QuerySelector($".live-preview a[href='/studio/videos/{replay}']"));
    }

    [Fact]
    public async Task Nothing_says_that_there_is_nothing_under_a_live_that_runs()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var browser = await site.BrowserAsync("creator");
        var before = (await browser.OpenAsync("/")).QuerySelector(".empty");
        await site.StartLiveAsync(live);

        foreach (var page in (string[])["/", "/@creator", "/live", "/studio/lives"])
        {
            var document = await browser.OpenAsync(page);
            Assert.Null(document.QuerySelector(".empty"));
            Assert.Contains("Evening", document.Body?.TextContent, StringComparison.Ordinal);
        }

        Assert.NotNull(before);
    }

    [Fact]
    public async Task Words_and_settings_are_changed_and_kept()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A", DvrWindowSeconds = 600, Ladder = true })).PublicId;
        var browser = await site.BrowserAsync("creator");
        var address = $"/studio/lives/{live}";

        using var saved = await browser.SubmitAsync(address, address, ("title", "B"), ("tags", "one, two"), ("visibility", "unlisted"));
        using var refused = await browser.SubmitAsync(address, address, ("title", ""));

        var kept = await creator.Lives.GetAsync(live);
        Assert.Equal(("B", "unlisted", 600, true), (kept.Title, kept.Visibility, kept.DvrWindowSeconds, kept.Ladder));
        Assert.Equal(["one", "two"], kept.Tags);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.BadRequest), (saved.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task A_new_key_shows_once_and_the_old_one_is_shut()
    {
        await using var site = await TestSite.StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" });
        var browser = await site.BrowserAsync("creator");
        var address = $"/studio/lives/{live.PublicId}";

        using var rotated = await browser.SubmitAsync(address, $"{address}/key");
        var key = (await browser.OpenAsync(address)).QuerySelector("input[aria-label='Stream key']")?.GetAttribute("value");

        Assert.StartsWith("live_", key, StringComparison.Ordinal);
        Assert.NotEqual(live.Ingest?.StreamKey, key);
        Assert.Null((await browser.OpenAsync(address)).QuerySelector("input[aria-label='Stream key']"));
    }

    [Fact]
    public async Task Deleting_can_be_undone()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var browser = await site.BrowserAsync("creator");
        var address = $"/studio/lives/{live}";

        using var deleted = await browser.SubmitAsync(address, $"{address}/delete");
        var list = deleted.Headers.Location?.OriginalString ?? "";
        Assert.NotNull((await browser.OpenAsync(list)).QuerySelector($"form[action='{address}/restore']"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).StatusCode);
        Assert.NotNull((await browser.OpenAsync("/studio/lives?tab=trash")).QuerySelector($"form[action='{address}/restore']"));
        using var restored = await browser.SubmitAsync(list, $"{address}/restore");

        Assert.Equal("A", (await creator.Lives.GetAsync(live)).Title);
    }

    [Fact]
    public async Task Nobody_else_gets_in_and_no_other_page_can_post()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var other = await site.BrowserAsync(TestPeople.OtherCreator);
        var own = await site.BrowserAsync("creator");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/studio/lives/{live}")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await site.Http.GetAsync($"/studio/lives/{live}")).StatusCode);
        foreach (var action in (string[])["", "/key", "/end", "/markers", "/delete", "/restore"])
        {
            using var answer = await own.Http.PostAsync($"/studio/lives/{live}{action}", new FormUrlEncodedContent([KeyValuePair.Create("title", "Stolen")]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var made = await own.Http.PostAsync("/studio/lives/new", new FormUrlEncodedContent([KeyValuePair.Create("title", "Stolen")]));
        Assert.Equal(HttpStatusCode.BadRequest, made.StatusCode);
    }
}
