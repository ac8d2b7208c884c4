using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveHealth = Kinopress.Core.Features.Lives.LiveHealth;

namespace Kinopress.Browser.Tests;

/// <summary>The control room of a live, which changes where it stands.</summary>
public sealed class ControlRoomTests(Chromium chromium)
{
    private readonly int _port = RunningSite.FreePort();

    [Fact]
    public async Task A_whole_evening_passes_without_loading_the_page_again()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync();
        var client = await site.ClientAsync("creator");
        var live = await client.Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        await client.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "Elsewhere", Url = service.Url, StreamKey = service.StreamKey });
        await using var visit = await ComeInAsync(site, live.PublicId);
        var page = visit.Page;
        await Expect(page.GetByText("Waiting for your encoder")).ToBeVisibleAsync();
        await Expect(page.Locator(".destination-chip")).ToHaveTextAsync("Starts with the live");
        await page.EvaluateAsync("() => { window.stays = true; }");

        var encoder = Encoder.Start(_port, live.Ingest?.StreamKey ?? "");
        try
        {
            await Player.WaitForTimeAsync(page, 3);
            Assert.True(await page.Locator("kinopress-player video").EvaluateAsync<bool>("(video) => video.muted && !video.paused"));
            await Expect(page.Locator(".live-state")).ToHaveTextAsync("Live");
            await Expect(page.Locator(".kp-live.is-live")).ToHaveCountAsync(1); // at the edge
            await Expect(page.Locator("[data-advice]")).ToContainTextAsync("All is well");
            await Expect(page.Locator("[data-bitrate]")).ToHaveTextAsync(Pattern.Of("^\\d\\.\\d Mbit/s$"));
            await Expect(page.Locator("[data-frame-rate]")).ToHaveTextAsync(Pattern.Of("^(29|30|31)"));
            await Expect(page.Locator("[data-viewers]")).ToHaveTextAsync("0"); // who is on air is nobody's viewer
            await Expect(page.Locator("[data-keyframes]")).ToHaveTextAsync("1 s");
            await Expect(page.Locator(".destination-chip")).ToHaveTextAsync("Live");

            await using var watching = await Visit.BeginAsync(chromium, site.Address);
            await watching.Page.GotoAsync($"/watch/{live.PublicId}");
            await Expect(page.Locator("[data-viewers]")).ToHaveTextAsync("1");
            await (await site.ClientAsync("viewer")).Chat.SendAsync(live.PublicId, "Good evening from Cork");
            await Expect(page.Locator(".chat__text", new() { HasTextString = "Good evening from Cork" })).ToBeVisibleAsync();

            await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Evening and night");
            await page.WaitForFunctionAsync("() => document.querySelector('.spark-line').getAttribute('d').split('L').length > 3");
            var drawn = await PointsAsync(page);
            await page.Locator("h1").FocusAsync();
            await page.Keyboard.PressAsync("m");
            await page.Keyboard.TypeAsync("First song");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".live-markers")).ToContainTextAsync("First song");
            await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Marked.");
            await Expect(page.GetByPlaceholder("What happens now")).ToHaveValueAsync("");
            await Expect(page.GetByPlaceholder("What happens now")).ToBeFocusedAsync();
            await Expect(page.GetByLabel("Title", new() { Exact = true })).ToHaveValueAsync("Evening and night");
            await Expect(page.Locator("h1")).ToHaveTextAsync("Evening");

            var before = await TimeAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync("Evening and night");
            await Expect(page).ToHaveTitleAsync(Pattern.Of("^Evening and night"));
            await Expect(page.Locator(".live-markers li").First).ToContainTextAsync("Evening and night");
            await Expect(page.GetByText("Not saved yet")).ToBeHiddenAsync();
            await page.WaitForFunctionAsync("(before) => document.querySelector('kinopress-player video').currentTime > before + 1", before);
            Assert.True(await PointsAsync(page) >= drawn, "The lines start anew.");

            encoder.Dispose();
            await Expect(page.Locator(".live-state")).ToHaveTextAsync("Interrupted");
            await Expect(page.Locator("[data-advice]")).ToContainTextAsync("Your encoder is gone");
            await Expect(page.Locator(".kp-card-title")).ToHaveTextAsync("Back soon");
            encoder = Encoder.Start(_port, live.Ingest?.StreamKey ?? "");
            await Expect(page.Locator(".live-state")).ToHaveTextAsync("Live");
            await Expect(page.Locator(".kp-card")).ToBeHiddenAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "End the live" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the live" }).PressAsync("Enter");

            await Expect(page.GetByText("This live is over")).ToBeVisibleAsync();
            await Expect(page.Locator(".live-state")).ToHaveTextAsync("Ended");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "See the recording" })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "End the live" })).ToHaveCountAsync(0);
            await Expect(page.Locator("kinopress-player")).ToHaveCountAsync(0);
            await Expect(page.Locator(".live-sessions li")).ToHaveCountAsync(1);
            await Expect(page.GetByPlaceholder("What happens now")).ToBeHiddenAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
        }
        finally
        {
            encoder.Dispose();
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_where_it_stands_and_a_lost_connection_loses_nothing()
    {
        await using var site = await StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        await using var visit = await ComeInAsync(site, live.PublicId);
        var page = visit.Page;
        await page.EvaluateAsync("() => { window.stays = true; }");
        await page.GetByText("Description, chat and more").ClickAsync();
        await page.GetByLabel("Description").FillAsync("About songs");

        await page.GetByLabel("Tags").FillAsync(string.Join(", ", Enumerable.Range(0, 60).Select(number => $"tag{number}")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("#tags-error")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Tags")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("Not done yet");
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("About songs");
        await Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();

        await page.GetByLabel("Tags").FillAsync("songs");
        await visit.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("No answer came from this site");
        await visit.Context.SetOfflineAsync(false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Saved.");
        await Expect(page.Locator(".error-summary")).ToHaveCountAsync(0);

        Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
        await page.ReloadAsync(); // nothing is left over of what arrived
        await Expect(page.GetByText("What you typed before is back")).ToHaveCountAsync(0);
        Assert.Equal("About songs", (await (await site.ClientAsync("creator")).Lives.GetAsync(live.PublicId)).Description);
    }

    [Fact]
    public async Task A_new_key_comes_in_place_and_is_put_away_when_the_live_starts()
    {
        await using var site = await StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        await using var visit = await ComeInAsync(site, live.PublicId);
        var page = visit.Page;
        await page.EvaluateAsync("() => { window.stays = true; }");

        await page.GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await Expect(page.GetByLabel("Stream key")).ToHaveValueAsync(Pattern.Of("^live_.{43}$"));
        await Expect(page.GetByLabel("Stream key")).ToBeFocusedAsync();
        var key = await page.GetByLabel("Stream key").InputValueAsync();
        using var encoder = Encoder.Start(_port, key);

        await Player.WaitForTimeAsync(page, 1);
        await Expect(page.GetByLabel("Stream key")).ToHaveCountAsync(0); // the screen may be on air, too
        Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
        await encoder.EndAsync();
        await Expect(page.GetByText("This live is over")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
    }

    [Fact]
    public async Task Whoever_keeps_order_does_it_beside_the_picture_and_is_asked_before_what_cannot_be_undone()
    {
        await using var site = await StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var viewer = (await site.ClientAsync("viewer")).Chat;
        await viewer.SendAsync(live, "Buy cheap lamps");
        await using var visit = await ComeInAsync(site, live);
        var page = visit.Page;

        await page.GetByLabel("Moderate Test viewer").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ban Test viewer" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ban Test viewer from all chats of this channel?");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByLabel("Moderate Test viewer")).ToBeFocusedAsync();
        Assert.Empty((await (await site.ClientAsync("creator")).Chat.ListBansAsync(live)).Items);

        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ban Test viewer" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).PressAsync("Enter");
        await Expect(page.Locator(".chat__status")).ToContainTextAsync("Test viewer is banned.");
        await page.GetByLabel("Moderate Test viewer").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete all messages of Test viewer" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete them" }).PressAsync("Enter");
        await Expect(page.Locator(".chat__message--deleted")).ToBeVisibleAsync();

        await page.GotoAsync($"/studio/lives/{live}/chat");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift the ban of Test viewer" }).ClickAsync();
        await Expect(page.GetByText("This person may write again.")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task On_air_it_fits_a_phone_and_axe_finds_no_serious_fault(int width, bool isDark)
    {
        await using var site = await StartAsync();
        var client = await site.ClientAsync("creator");
        var live = await client.Lives.CreateAsync(new LiveEdit { Title = "An evening with a long name and a word like Donaudampfschifffahrtsgesellschaft" });
        await client.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "The theatre's own server in the basement", Url = "rtmp://127.0.0.1:9/app", StreamKey = "key" });
        await site.StartLiveAsync(live.PublicId);
        await client.Lives.AddMarkerAsync(live.PublicId, "Hello");
        var board = site.Services.GetRequiredService<LiveStatusBoard>();
        board.SetHealth(live.PublicId, new LiveHealth(5_940_000, 29.97, TimeSpan.FromSeconds(2), []));
        await using var visit = await ComeInAsync(site, live.PublicId, new VisitOptions { Width = width, IsDark = isDark });
        var page = visit.Page;
        await Expect(page.GetByText("All is well")).ToBeVisibleAsync();
        await page.GetByText("Chat in your broadcast").ClickAsync();

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        var faults = await page.RunAxe();
        Findings.AssertNone([.. faults.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}"))]);
    }

    [Fact]
    public async Task Without_scripts_it_marks_saves_and_ends_all_the_same()
    {
        await using var site = await StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        await site.StartLiveAsync(live);
        await using var visit = await ComeInAsync(site, live, new VisitOptions { HasScript = false, Width = 360 });
        var page = visit.Page;

        await page.GetByPlaceholder("What happens now").FillAsync("First song");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark" }).ClickAsync();
        await Expect(page.Locator(".live-markers")).ToContainTextAsync("First song");
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Night");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Night");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "in a window of its own" })).ToHaveAttributeAsync("href", $"/chat/{live}");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();

        await Expect(page.GetByText("This live is over")).ToBeVisibleAsync();
    }

    private Task<TestSite> StartAsync() => TestSite.StartAsync(new TestSiteOptions
    {
        Configure = options => (options.RtmpUrls, options.AllowPrivateDestinations) = ($"rtmp://127.0.0.1:{_port}", true),
    });

    private async Task<Visit> ComeInAsync(TestSite site, string live, VisitOptions? options = null)
    {
        var visit = await Visit.BeginAsync(chromium, site.Address, options);
        await visit.SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);
        await visit.Page.GotoAsync($"/studio/lives/{live}");
        return visit;
    }

    private static Task<int> PointsAsync(IPage page) => page.Locator(".spark-line").First.EvaluateAsync<int>("(line) => line.getAttribute('d').split('L').length");

    private static Task<double> TimeAsync(IPage page) => page.Locator("kinopress-player video").EvaluateAsync<double>("(video) => video.currentTime");
}
