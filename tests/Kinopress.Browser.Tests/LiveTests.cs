using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using LiveAdvice = Kinopress.Core.Features.Lives.LiveAdvice;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveHealth = Kinopress.Core.Features.Lives.LiveHealth;

namespace Kinopress.Browser.Tests;

/// <summary>Pages of lives that follow what happens, with somebody else's hand on the encoder.</summary>
public sealed class LiveTests(Chromium chromium)
{
    private const string ChosenSound = "() => localStorage.getItem('kinopress:live-sound')";

    [Fact]
    public async Task The_control_room_follows_the_broadcast()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var board = site.Services.GetRequiredService<LiveStatusBoard>();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);

        await visit.Page.GotoAsync($"/studio/lives/{live}");
        await Assertions.Expect(visit.Page.GetByText("Waiting for your encoder")).ToBeVisibleAsync();
        await site.StartLiveAsync(live);
        await Assertions.Expect(visit.Page.Locator("[data-viewers]")).ToHaveTextAsync("0");
        board.SetViewers(live, 31);
        board.SetHealth(live, new LiveHealth(6_000_000, 30, TimeSpan.FromSeconds(8), [new LiveAdvice("keyframes_too_rare", "Set your keyframes to 2 s.")]));

        await Assertions.Expect(visit.Page.Locator("[data-viewers]")).ToHaveTextAsync("31");
        await Assertions.Expect(visit.Page.Locator("[data-bitrate]")).ToHaveTextAsync("6.0 Mbit/s");
        await Assertions.Expect(visit.Page.Locator("[data-advice]")).ToHaveTextAsync("Set your keyframes to 2 s.");
        var faults = await visit.Page.RunAxe();
        Findings.AssertNone([.. faults.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}"))]);

        await visit.Page.GetByPlaceholder("What happens now").FillAsync("First song");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Mark" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".live-markers")).ToContainTextAsync("First song");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("This live is over")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_waits_sees_it_start_and_end_without_doing_anything()
    {
        await using var site = await TestSite.StartAsync();
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(90);
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening", ScheduledAt = soon.ToString("O") })).PublicId;
        await using var visit = await Visit.BeginAsync(chromium, site.Address);

        await visit.Page.GotoAsync($"/watch/{live}");
        await visit.Page.EvaluateAsync("() => { window.isTheSamePage = true; }");
        await Assertions.Expect(visit.Page.Locator(".live-countdown__digits")).ToContainTextAsync("1:29:");
        await Assertions.Expect(visit.Page.GetByText("Starts by itself, stay here.").Nth(0)).ToBeVisibleAsync();
        var session = await site.StartLiveAsync(live);
        await Assertions.Expect(visit.Page.Locator(".watch .badge--live")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[data-live-card]")).ToBeHiddenAsync();
        var replay = (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId;

        await Assertions.Expect(visit.Page.Locator(".live-countdown__digits")).ToBeVisibleAsync(); // its moment is still to come
        await Assertions.Expect(visit.Page.Locator(".watch .badge--live")).ToBeHiddenAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.isTheSamePage"));
        Assert.NotNull(replay);
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("embed")]
    public async Task A_page_that_waits_plays_without_being_loaded_again(string page)
    {
        var port = RunningSite.FreePort();
        await using var site = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}") });
        using var http = new HttpClient { BaseAddress = site.Address };
        var made = await new KinopressClient(http, await site.SetUpAsync()).Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = await OwnerSession.BeginAsync(site.Address), Height = 500, RefusesSound = true });
        await visit.Page.GotoAsync($"/{page}/{made.PublicId}");
        await visit.Page.EvaluateAsync("() => { window.isTheSamePage = true; }");
        if (page == "watch")
        {
            await visit.Page.GetByLabel("Say something").FillAsync("half a sentence");
            await visit.Page.EvaluateAsync("() => window.scrollTo(0, 120)");
        }

        await using var encoder = await TestEncoder.StartAsync(port, made.Ingest?.StreamKey ?? "");
        await Player.WaitForTimeAsync(visit.Page, 1);
        await Assertions.Expect(visit.Page.Locator("[data-live-card]")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Turn sound on" })).ToBeVisibleAsync();
        Assert.Null(await visit.Page.EvaluateAsync<string?>(ChosenSound)); // the browser wanted it so, not the visitor
        if (page == "watch")
        {
            await Assertions.Expect(visit.Page.GetByLabel("Say something")).ToHaveValueAsync("half a sentence");
            Assert.Equal(120, await visit.Page.EvaluateAsync<int>("() => window.scrollY"));
        }

        await encoder.EndAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Watch the recording" })).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.isTheSamePage"));
        Findings.AssertNone(visit.Complaints);
    }

    [Fact]
    public async Task It_begins_with_sound_where_the_browser_allows_it_and_as_was_chosen_the_next_time()
    {
        var port = RunningSite.FreePort();
        await using var site = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}") });
        using var http = new HttpClient { BaseAddress = site.Address };
        var made = await new KinopressClient(http, await site.SetUpAsync()).Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync($"/watch/{made.PublicId}");
        await using var encoder = await TestEncoder.StartAsync(port, made.Ingest?.StreamKey ?? "");

        // Each question counts as a click.
        await Eventually.HoldsAsync(() => visit.Page.EvaluateAsync<bool>("() => { const video = document.querySelector('video'); return video.currentTime > 1 && !video.muted; }"), "it plays with sound");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Turn sound on" })).ToBeHiddenAsync();
        await visit.Page.Locator("kinopress-player").PressAsync("m");
        await visit.Page.ReloadAsync();

        await Player.WaitForTimeAsync(visit.Page, 0.5);
        await Assertions.Expect(visit.Page.Locator("kinopress-player video")).ToHaveJSPropertyAsync("muted", true);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Turn sound on" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("kinopress-player video")).ToHaveJSPropertyAsync("muted", false);
        Assert.Equal("on", await visit.Page.EvaluateAsync<string?>(ChosenSound));
        Findings.AssertNone(visit.Complaints);
    }

    [Fact]
    public async Task A_new_title_reaches_those_who_watch()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        await site.StartLiveAsync(live);
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync($"/watch/{live}");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Evening");

        await creator.Lives.EditAsync(live, new LiveEdit { Title = "Night & $&" });

        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Night & $&");
        await Assertions.Expect(visit.Page).ToHaveTitleAsync(Pattern.Of("^Night & \\$&"));
    }

    [Fact]
    public async Task A_plan_is_made_in_ones_own_time_and_the_key_is_copied_once()
    {
        await using var site = await TestSite.StartAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);

        await visit.Page.GotoAsync("/studio/lives");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Make your first live" }).ClickAsync();
        await visit.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Premiere");
        await Assertions.Expect(visit.Page.GetByLabel("Starts at")).ToBeHiddenAsync();
        await visit.Page.GetByText("At a set time").ClickAsync();
        await visit.Page.GetByLabel("Starts at").FillAsync($"{TimeProvider.System.GetUtcNow().AddDays(20):yyyy-MM-dd}T20:00");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make this live" }).ClickAsync();

        await Assertions.Expect(visit.Page.GetByLabel("Stream key")).ToHaveValueAsync(Pattern.Of("^live_.{43}$"));
        await Assertions.Expect(visit.Page.GetByLabel("Starts at")).ToHaveValueAsync(Pattern.Of("T20:00$"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Stream key")).ToHaveCountAsync(0);
    }
}
