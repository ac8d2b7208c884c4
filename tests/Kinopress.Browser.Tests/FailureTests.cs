using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class FailureTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task A_file_that_is_no_film_says_so_in_the_queue()
    {
        await using var owner = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = site.OwnerSession });
        await owner.Page.GotoAsync("/studio/upload");

        await owner.Page.Locator("input[type=file]").SetInputFilesAsync(await NotAFilm.ShoppingListAsync());

        await Expect(owner.Page.Locator(".upload-row-status.is-error")).ToContainTextAsync("This file is not a video");
        await Expect(owner.Page.Locator(".upload-row").GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await Expect(owner.Page.Locator(".upload-row").GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        var deletions = new List<string>();
        owner.Page.Request += (_, request) => deletions.AddRange(request.Method == "DELETE" ? [request.Url] : []);
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Remove shopping-list.mp4" }).ClickAsync();
        await Expect(owner.Page.Locator(".upload-row")).ToHaveCountAsync(0);
        Assert.Empty(deletions);
    }

    [Fact]
    public async Task An_empty_file_gets_a_card_with_words()
    {
        await using var owner = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = site.OwnerSession });
        await owner.Page.GotoAsync("/studio/upload");

        await owner.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "nothing.mp4", MimeType = "video/mp4", Buffer = [] });

        await Expect(owner.Page.Locator(".upload-row-status.is-error")).ToContainTextAsync("This file is empty");
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Remove nothing.mp4" })).ToBeVisibleAsync();
        Findings.AssertNone(owner.Complaints);
    }

    [Fact]
    public async Task A_film_that_cannot_be_prepared_says_why_and_offers_another_try()
    {
        await using var owner = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = site.OwnerSession });

        await owner.Page.GotoAsync($"/studio/videos/{site.FailedVideo}");

        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "This video could not be prepared" })).ToBeVisibleAsync();
        await Expect(owner.Page.Locator(".video-preview")).ToContainTextAsync("damaged");
        await Expect(owner.Page.Locator(".video-preview").GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_ffmpeg_every_page_of_Studio_names_the_command_that_helps()
    {
        await using var poor = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KINOPRESS__FFMPEG"] = "/nowhere/ffmpeg",
            ["KINOPRESS__FFPROBE"] = "/nowhere/ffprobe",
        });
        await poor.SetUpAsync();
        await using var owner = await Visit.BeginAsync(chromium, poor.Address);
        await owner.SignInAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);

        await owner.Page.GotoAsync("/studio/videos");

        await Expect(owner.Page.Locator(".notice")).ToContainTextAsync("Videos cannot be prepared yet");
        await Expect(owner.Page.Locator(".notice code")).ToHaveTextAsync("apt-get install -y ffmpeg");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_stream_that_breaks_says_so_in_words_that_nothing_covers(int width)
    {
        await using var stranger = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Width = width });
        await stranger.Context.RouteAsync("**/*.m3u8*", route => route.FulfillAsync(new RouteFulfillOptions { Status = 404 }));

        await stranger.Page.GotoAsync($"/watch/{site.PublicVideo}");

        await Expect(stranger.Page.Locator("kinopress-player").GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
        await Expect(stranger.Page.Locator(".kp-seek")).ToBeHiddenAsync();
        await stranger.Context.UnrouteAllAsync();
        await stranger.Page.Locator("kinopress-player").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Player.PressPlayAsync(stranger.Page);
        await Player.WaitForTimeAsync(stranger.Page, 0.5);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_gets_a_page_with_a_way_home()
    {
        await using var stranger = await Visit.BeginAsync(chromium, site.Address);

        var response = await stranger.Page.GotoAsync("/nowhere");

        Assert.Equal(404, response?.Status);
        await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the home page" }).ClickAsync();
        await Expect(stranger.Page.GetByRole(AriaRole.Link, new() { Name = "A river at dawn" }).First).ToBeVisibleAsync();
    }
}
