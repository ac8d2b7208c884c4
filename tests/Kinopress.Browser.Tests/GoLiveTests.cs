using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class GoLiveTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_goes_live_with_camera_and_microphone_and_somebody_watches()
    {
        await using var site = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = "none" });
        var live = await NewLiveAsync(site.Address, await site.SetUpAsync());
        await using var creator = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = await OwnerSession.BeginAsync(site.Address) });
        await using var viewer = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { RefusesSound = true });

        await creator.Page.GotoAsync($"/studio/lives/{live}/broadcast");
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Camera" }).ClickAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Go live" }).ClickAsync();
        await Expect(creator.Page.GetByText(Pattern.Of("^Live \\d"))).ToBeVisibleAsync();
        await viewer.Page.GotoAsync($"/watch/{live}"); // not on air yet, perhaps: the page waits
        await Player.WaitForTimeAsync(viewer.Page, 3);

        await Expect(viewer.Page.Locator(".kp-live.is-live")).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Turn sound on" })).ToBeVisibleAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await creator.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await Expect(viewer.Page.Locator(".kp-card").GetByText("This live is over")).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Watch the recording" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task In_compatibility_mode_the_server_encodes_and_somebody_watches()
    {
        await using var site = await RunningSite.StartAsync(environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = "none" });
        var live = await NewLiveAsync(site.Address, await site.SetUpAsync());
        await using var creator = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = await OwnerSession.BeginAsync(site.Address) });
        await using var viewer = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { RefusesSound = true });

        await creator.Page.GotoAsync($"/studio/lives/{live}/broadcast");
        await creator.Page.GetByRole(AriaRole.Switch, new() { Name = "Compatibility mode" }).CheckAsync();
        await Expect(creator.Page.GetByText("viewers see you a few seconds later")).ToBeVisibleAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Camera" }).ClickAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Go live" }).ClickAsync();
        await Expect(creator.Page.GetByText(Pattern.Of("^Live \\d"))).ToBeVisibleAsync();
        await viewer.Page.GotoAsync($"/watch/{live}");
        await Player.WaitForTimeAsync(viewer.Page, 3);

        await Expect(viewer.Page.Locator(".kp-live.is-live")).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Turn sound on" })).ToBeVisibleAsync();
        var killed = PageEncoders.Kill(site.ProcessId);
        await Eventually.HoldsAsync(() => Task.FromResult(PageEncoders.Of(site.ProcessId) is [var next] && next != killed), "the page has come again");
        await Expect(creator.Page.GetByText("The server's encoder has ended")).ToBeHiddenAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await creator.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End the live" }).ClickAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Watch the recording" })).ToBeVisibleAsync();
        Assert.Empty(creator.Complaints);
    }

    [Fact]
    public async Task A_browser_that_cannot_encode_and_a_server_that_cannot_either_say_so_before_a_camera_starts()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["KINOPRESS__RTMPURLS"] = "none", ["KINOPRESS__FFMPEG"] = "/no/such/ffmpeg" };
        await using var site = await RunningSite.StartAsync(environment: environment);
        var live = await NewLiveAsync(site.Address, await site.SetUpAsync());
        await using var creator = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = await OwnerSession.BeginAsync(site.Address) });
        await creator.Page.AddInitScriptAsync("delete window.VideoEncoder");

        await creator.Page.GotoAsync($"/studio/lives/{live}/broadcast");
        await Expect(creator.Page.GetByText("This server cannot encode for a browser")).ToBeVisibleAsync();
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Camera" }).ClickAsync();

        await Expect(creator.Page.Locator("broadcast-desk[data-problem='urn:kinopress:problem:live.no_encoder']")).ToBeVisibleAsync();
        await Expect(creator.Page.GetByRole(AriaRole.Switch, new() { Name = "Compatibility mode" })).ToBeDisabledAsync();
        await Expect(creator.Page.GetByText("What do you want to show?")).ToBeVisibleAsync();
        await Expect(creator.Page.GetByRole(AriaRole.Button, new() { Name = "Go live" })).ToBeDisabledAsync();
    }

    private static async Task<string> NewLiveAsync(Uri site, string token)
    {
        using var http = new HttpClient { BaseAddress = site };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.PostAsJsonAsync("/rest/v1/lives", new { title = "From a page" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("publicId").GetString() ?? "";
    }
}
