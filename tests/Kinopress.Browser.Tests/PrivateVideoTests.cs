using Kinopress.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class PrivateVideoTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task A_stranger_finds_nothing_where_a_private_video_is()
    {
        await using var stranger = await Visit.BeginAsync(chromium, site.Address);

        var response = await stranger.Page.GotoAsync($"/watch/{site.PrivateVideo}");

        Assert.Equal(404, response?.Status);
        await Expect(stranger.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
        Assert.DoesNotContain("For the family", await stranger.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/watch/")]
    [InlineData("/studio/videos/")]
    public async Task Its_owner_watches_it(string place)
    {
        await using var owner = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = site.OwnerSession });
        await owner.Page.GotoAsync(place + site.PrivateVideo);

        await Player.PressPlayAsync(owner.Page);

        await Player.WaitForTimeAsync(owner.Page, 1);
        Findings.AssertNone(owner.Complaints);
    }
}
