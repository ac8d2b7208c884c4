using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

/// <summary>What a viewer keeps of a live.</summary>
public sealed class ClipTests(Chromium chromium)
{
    [Fact]
    public async Task A_clip_is_made_where_one_watches_and_its_address_copied()
    {
        var port = RunningSite.FreePort();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.RtmpUrls = FormattableString.Invariant($"rtmp://127.0.0.1:{port}") });
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" });
        using var encoder = Encoder.Start(port, live.Ingest?.StreamKey ?? "");
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.SignInAsync(TestPeople.EmailOf("viewer"), TestPeople.Password);
        var page = visit.Page;
        await page.GotoAsync($"/watch/{live.PublicId}");
        await Player.WaitForTimeAsync(page, 8);

        await page.GetByRole(AriaRole.Button, new() { Name = "Clip", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Title").FillAsync("The good part");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the clip" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy address" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Copied");
        var address = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Equal(address, await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link).InnerTextAsync());
        await page.GotoAsync(address);
        await Expect(page.Locator("h1")).ToHaveTextAsync("The good part");
    }
}
