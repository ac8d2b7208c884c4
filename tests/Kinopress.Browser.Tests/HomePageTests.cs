using Kinopress.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class HomePageTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task A_card_under_the_mouse_shows_more_of_its_film()
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync("/");

        await visit.Page.Locator(".card--featured").HoverAsync();
        await Expect(visit.Page.Locator(".card__preview")).ToBeVisibleAsync();
        await visit.Page.Locator("footer").HoverAsync();

        await Expect(visit.Page.Locator(".card__preview")).ToHaveCountAsync(0);
        Findings.AssertNone(visit.Complaints);
    }

    [Fact]
    public async Task A_time_in_a_description_leads_into_the_film()
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync($"/watch/{site.PublicVideo}");
        await Player.PressPlayAsync(visit.Page);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "0:03", Exact = true }).ClickAsync();

        await Player.WaitForTimeAsync(visit.Page, 3);
        await Expect(visit.Page).ToHaveURLAsync(Pattern.Of($"/watch/{site.PublicVideo}$"));
        Findings.AssertNone(visit.Complaints);
    }
}
