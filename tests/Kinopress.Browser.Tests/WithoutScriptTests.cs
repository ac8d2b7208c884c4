using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class WithoutScriptTests(Chromium chromium)
{
    [Fact]
    public async Task Everything_but_the_player_works_with_JavaScript_off()
    {
        await using var site = await RunningSite.StartAsync();
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { HasScript = false });
        var page = visit.Page;
        await page.GotoAsync(site.SetupLink?.ToString() ?? "");
        await page.GetByLabel("Name of your site").FillAsync("Plain Films");
        await page.GetByLabel("Your name").FillAsync("Anna Owner");
        await page.GetByLabel("Your e-mail address").FillAsync(RunningSite.OwnerEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningSite.OwnerPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open your site" }).ClickAsync();

        await page.GetByLabel("Choose videos to upload").SetInputFilesAsync(await SampleFilms.ShortAsync());
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Pattern.Of("/studio/videos/"));
        var studioPage = page.Url;

        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Silent film");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Silent film" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Pattern.Of("^Publish") }).ClickAsync();
        await ReloadUntilAsync(page, studioPage, page.GetByRole(AriaRole.Link, new() { Name = "View on your site" }));

        await page.GetByRole(AriaRole.Link, new() { Name = "View on your site" }).ClickAsync();
        await Expect(page.Locator("kinopress-player > video[controls]")).ToBeVisibleAsync();
        Assert.Contains("The player needs JavaScript", await page.ContentAsync(), StringComparison.Ordinal); // in <noscript>, which Playwright leaves undrawn

        await page.Locator("summary.menu__toggle").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/login");
        await visit.SignInAsync(RunningSite.OwnerEmail, RunningSite.OwnerPassword);
        Findings.AssertNone(visit.Complaints);
    }

    private static async Task ReloadUntilAsync(IPage page, string address, ILocator sign)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            await page.GotoAsync(address);
            if (await sign.IsVisibleAsync())
            {
                return;
            }
        }
        while (await beat.WaitForNextTickAsync(limit.Token));
    }
}
