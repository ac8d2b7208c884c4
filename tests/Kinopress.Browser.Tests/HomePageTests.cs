using Kinopress.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class HomePageTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task A_card_under_the_mouse_shows_more_of_its_film()
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync("/");

        await visit.Page.Locator(".card").First.HoverAsync();
        await Expect(visit.Page.Locator(".card__preview")).ToBeVisibleAsync();
        await visit.Page.Locator("footer").HoverAsync();

        await Expect(visit.Page.Locator(".card__preview")).ToHaveCountAsync(0);
        Findings.AssertNone(visit.Complaints);
    }
}
