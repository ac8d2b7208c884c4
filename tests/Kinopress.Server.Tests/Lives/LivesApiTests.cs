using System.Net;
using System.Net.Http.Json;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveHealth = Kinopress.Core.Features.Lives.LiveHealth;

namespace Kinopress.Server.Tests.Lives;

public sealed class LivesApiTests
{
    [Fact]
    public async Task A_new_live_shows_its_key_once()
    {
        var port = RunningSite.FreePort();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.RtmpUrls = $"rtmp://127.0.0.1:{port}" });
        var creator = await site.ClientAsync("creator");

        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "  Evening  show ", Description = "Songs", Tags = ["#music"] });
        var again = await creator.Lives.GetAsync(live.PublicId);

        Assert.Equal(("Evening show", "idle", "public"), (live.Title, live.State, live.Visibility));
        Assert.Equal((7200, true, true, true, false), (live.DvrWindowSeconds, live.Record, live.AllowClips, live.Chat, live.Ladder));
        Assert.StartsWith("live_", live.Ingest?.StreamKey, StringComparison.Ordinal);
        Assert.Equal($"rtmp://127.0.0.1:{port}/live", live.Ingest?.Url);
        Assert.Equal($"/watch/{live.PublicId}", live.WatchUrl);
        Assert.Equal($"/media/l/public/{live.PublicId}/master.m3u8", live.Playback.HlsUrl);
        Assert.NotNull(again.Ingest);
        Assert.Null(again.Ingest.StreamKey);
        Assert.Equal(["site.changed", "live.created"], await site.EventsAsync());
    }

    [Fact]
    public async Task Where_it_is_sent_to_may_be_given_by_the_owner_or_be_nowhere()
    {
        await using var elsewhere = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.PublicRtmpUrl = "rtmps://in.example.org/app" });
        await using var nowhere = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.RtmpUrls = "none" });

        var first = await (await elsewhere.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" });
        var second = await (await nowhere.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "B" });

        Assert.Equal("rtmps://in.example.org/app", first.Ingest?.Url);
        Assert.Null(second.Ingest?.Url);
        Assert.NotNull(second.Ingest?.StreamKey);
    }

    [Fact]
    public async Task A_planned_live_waits()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var at = clock.GetUtcNow().AddHours(3);

        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "Premiere", ScheduledAt = at.ToOffset(TimeSpan.FromHours(2)).ToString("O") });
        Assert.Equal(("waiting", at), (live.State, live.ScheduledAt));

        Assert.Equal("idle", (await creator.Lives.EditAsync(live.PublicId, new LiveEdit { ScheduledAt = "" })).State);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_field()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => creator.Lives.CreateAsync(new LiveEdit { Visibility = "secret", DvrWindowSeconds = 50_000 }));

        Assert.Equal((400, "live.invalid"), (problem.Status, problem.Code));
        Assert.Equal(["dvrWindowSeconds", "title", "visibility"], problem.Errors?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
    }

    [Fact]
    public async Task Who_may_not_publish_may_not_go_live()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.ClientAsync("viewer");
        var narrow = await site.ClientAsync("creator", Scope.VideosWrite);

        await Refusals.IsRefusedAsync("live.not_allowed", () => viewer.Lives.CreateAsync(new LiveEdit { Title = "A" }));
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Lives.CreateAsync(new LiveEdit { Title = "A" }));
        await Refusals.IsRefusedAsync("token.scope_missing", () => narrow.Lives.CreateAsync(new LiveEdit { Title = "A" }));
        await Refusals.IsRefusedAsync("token.scope_missing", () => narrow.Lives.ListAsync(new LiveQuery { Mine = true }));
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Lives.ListAsync(new LiveQuery { Mine = true }));
    }

    [Fact]
    public async Task Without_a_channel_there_is_nowhere_to_go_live()
    {
        await using var site = await TestSite.StartAsync();
        await site.UseAsync((KinopressDbContext db) => db.Channels.Where(channel => channel.Handle == "creator").ExecuteDeleteAsync());
        var creator = await site.ClientAsync("creator");

        await Refusals.IsRefusedAsync("live.no_channel", () => creator.Lives.CreateAsync(new LiveEdit { Title = "A" }));
    }

    [Fact]
    public async Task An_edit_from_an_older_revision_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A" });

        var edited = await creator.Lives.EditAsync(live.PublicId, new LiveEdit { Title = "B", Record = false }, live.ETag);
        await Refusals.IsRefusedAsync("live.edited_elsewhere", () => creator.Lives.EditAsync(live.PublicId, new LiveEdit { Title = "C" }, live.ETag));
        await Refusals.IsRefusedAsync("live.invalid", () => creator.Lives.EditAsync(live.PublicId, new LiveEdit { Title = "" }));

        Assert.Equal(("B", false), (edited.Title, edited.Record));
    }

    [Fact]
    public async Task Deleted_it_can_be_taken_back_for_thirty_days()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A" });

        await creator.Lives.DeleteAsync(live.PublicId);
        await Refusals.IsRefusedAsync("live.not_found", () => creator.Lives.GetAsync(live.PublicId));
        Assert.Empty((await creator.Lives.ListAsync(new LiveQuery { Mine = true })).Items);
        Assert.Single((await creator.Lives.ListAsync(new LiveQuery { Mine = true, Status = "trash" })).Items);
        Assert.Null(await site.UseAsync((LiveQueries lives) => lives.FindByStreamKeyAsync(live.Ingest?.StreamKey ?? "", CancellationToken.None)));
        Assert.Null((await creator.Lives.RestoreAsync(live.PublicId)).DeletedAt);
        await Refusals.IsRefusedAsync("live.not_found", () => creator.Lives.RestoreAsync(live.PublicId));

        await creator.Lives.DeleteAsync(live.PublicId);
        clock.Advance(TimeSpan.FromDays(31));
        await Refusals.IsRefusedAsync("live.not_found", () => creator.Lives.RestoreAsync(live.PublicId));
        await Eventually.HoldsAsync(async () => (await creator.Lives.ListAsync(new LiveQuery { Mine = true, Status = "trash" })).Items.Count == 0, "the trash is emptied");

        Assert.Equal(["site.changed", "live.created", "live.deleted", "live.restored", "live.deleted", "live.purged"], await site.EventsAsync());
        Assert.Equal("live", (await site.UseAsync((KinopressDbContext db) => db.Tombstones.SingleAsync(stone => stone.PublicId == live.PublicId))).Kind);
    }

    [Fact]
    public async Task On_air_it_cannot_be_deleted()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A" });
        await site.StartLiveAsync(live.PublicId);

        var problem = await Refusals.RefusedAsync(() => creator.Lives.DeleteAsync(live.PublicId));

        Assert.Equal((409, "live.on_air"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task An_unknown_part_of_the_list_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        await Refusals.IsRefusedAsync("live.status_unknown", () => creator.Lives.ListAsync(new LiveQuery { Mine = true, Status = "nonsense" }));
    }

    [Fact]
    public async Task The_key_opens_its_live_until_there_is_another()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.PublicRtmpUrl = "rtmp://in.example.org/live" });
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A" });
        await creator.Lives.CreateAsync(new LiveEdit { Title = "B" });

        var rotated = await creator.Lives.RotateStreamKeyAsync(live.PublicId);

        Assert.NotEqual(live.Ingest?.StreamKey, rotated.StreamKey);
        Assert.Equal("rtmp://in.example.org/live", rotated.Url);
        Assert.Equal(live.PublicId, (await FindAsync(rotated.StreamKey))?.PublicId);
        Assert.Null(await FindAsync(live.Ingest?.StreamKey));
        Assert.Null(await FindAsync("live_nonsense"));
        Assert.Null(await FindAsync("nonsense"));
        Assert.Null(await FindAsync("live_" + new string('a', 5000)));
        Assert.Contains("live.stream_key_rotated", await site.EventsAsync());
        await Refusals.IsRefusedAsync("live.not_found", () => creator.Lives.RotateStreamKeyAsync("11111111111"));

        Task<Core.Features.Lives.LiveIngest?> FindAsync(string? key) => site.UseAsync((LiveQueries lives) => lives.FindByStreamKeyAsync(key ?? "", CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_of_others_can_be_touched()
    {
        await using var site = await TestSite.StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" });
        var other = await site.ClientAsync(TestPeople.OtherCreator);
        Func<Task>[] tries =
        [
            () => other.Lives.EditAsync(live.PublicId, new LiveEdit { Title = "B" }),
            () => other.Lives.DeleteAsync(live.PublicId),
            () => other.Lives.RotateStreamKeyAsync(live.PublicId),
            () => other.Lives.EndAsync(live.PublicId),
            () => other.Lives.AddMarkerAsync(live.PublicId, "B"),
            () => other.Lives.ListSessionsAsync(live.PublicId),
        ];

        foreach (var attempt in tries)
        {
            await Refusals.IsRefusedAsync("live.not_found", attempt);
        }

        Assert.Null((await other.Lives.GetAsync(live.PublicId)).Ingest);
        await (await site.ClientAsync("editor")).Lives.EditAsync(live.PublicId, new LiveEdit { Title = "By the editor" });
    }

    [Fact]
    public async Task Lists_show_what_is_on_air_first_and_then_what_is_next()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        async Task<string> MakeAsync(string title, int? inHours, string visibility = "public") => (await creator.Lives.CreateAsync(new LiveEdit
        {
            Title = title,
            Visibility = visibility,
            ScheduledAt = inHours is { } hours ? clock.GetUtcNow().AddHours(hours).ToString("O") : null,
        })).PublicId;
        await MakeAsync("Idle", inHours: null);
        await MakeAsync("Tomorrow", inHours: 24);
        await MakeAsync("Tonight", inHours: 3);
        await MakeAsync("Missed", inHours: 1);
        var first = await MakeAsync("First", inHours: null);
        var second = await MakeAsync("Second", inHours: 2);
        var hidden = await MakeAsync("Hidden", inHours: null, "unlisted");
        foreach (var live in (string[])[first, second, hidden])
        {
            await site.StartLiveAsync(live);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = await site.Stranger().Lives.ListAsync(new LiveQuery { Limit = 1, Cursor = cursor });
            titles.AddRange(page.Items.Select(live => live.Title));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["Second", "First", "Missed", "Tonight", "Tomorrow"], titles);
        clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal(["Second", "First", "Tomorrow"], (await site.Stranger().Lives.ListAsync(new LiveQuery { Channel = "creator" })).Items.Select(live => live.Title));
        Assert.Empty((await site.Stranger().Lives.ListAsync(new LiveQuery { Channel = "creator2" })).Items);
        Assert.Equal(3, (await site.Stranger().Lives.ListAsync(new LiveQuery { Limit = 100, Cursor = "nonsense" })).Items.Count);
    }

    [Fact]
    public async Task Ones_own_list_has_every_live_once()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var creator = await site.ClientAsync("creator");
        await (await site.ClientAsync(TestPeople.OtherCreator)).Lives.CreateAsync(new LiveEdit { Title = "Other" });
        for (var number = 0; number < 5; number++)
        {
            await creator.Lives.CreateAsync(new LiveEdit { Title = $"{number}", Visibility = "private" });
        }

        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = await creator.Lives.ListAsync(new LiveQuery { Mine = true, Limit = 2, Cursor = cursor });
            titles.AddRange(page.Items.Select(live => live.Title));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["0", "1", "2", "3", "4"], titles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Viewers_are_for_everybody_and_health_for_the_creator()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A" });
        var board = site.Services.GetRequiredService<LiveStatusBoard>();
        board.SetViewers(live.PublicId, 12);
        board.SetHealth(live.PublicId, new LiveHealth(6_000_000, 29.97, TimeSpan.FromSeconds(8), [new Core.Features.Lives.LiveAdvice("keyframes_too_rare", "Set 2 s.")]));

        var own = await creator.Lives.GetAsync(live.PublicId);
        var seen = await site.Stranger().Lives.GetAsync(live.PublicId);
        board.Remove(live.PublicId);

        Assert.Equal((12, 12), (own.Viewers, seen.Viewers));
        Assert.Equal((6_000_000L, 29.97, (long?)8000), (own.Health?.BitrateBps ?? 0, own.Health?.FrameRate ?? 0, own.Health?.KeyframeIntervalMs));
        Assert.Equal("keyframes_too_rare", own.Health?.Advice[0].Code);
        Assert.Null(seen.Health);
        Assert.Null(seen.Ingest);
        Assert.Equal(0, (await creator.Lives.GetAsync(live.PublicId)).Viewers);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");

        using var number = await http.PostAsJsonAsync("/rest/v1/lives", new { title = 7 });
        using var nothing = await http.PostAsync("/rest/v1/lives", content: null);
        using var marker = await http.PostAsJsonAsync("/rest/v1/lives/x/markers", new { offsetMs = "now" });

        await Refusals.IsAsync(number, HttpStatusCode.BadRequest, "request.invalid");
        await Refusals.IsAsync(nothing, HttpStatusCode.BadRequest, "request.invalid");
        await Refusals.IsAsync(marker, HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/rest/v1/lives/nonsense")).StatusCode);
    }
}
