using Kinopress.Core.Features.Videos;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Videos;

/// <summary>The page of one video in Studio, as a browser without JavaScript sees it.</summary>
public sealed class StudioVideoTests
{
    [Fact]
    public async Task A_video_in_the_trash_is_shown_as_such_and_cannot_be_edited()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var film = await site.AddFilmAsync();
        var browser = await site.BrowserAsync("creator");
        using var deleted = await browser.SubmitAsync($"/studio/videos/{film}", $"/studio/videos/{film}/delete");

        var page = await browser.OpenAsync($"/studio/videos/{film}");

        var until = clock.GetUtcNow().AddDays(30).ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(until, page.QuerySelector("[aria-labelledby=trash]")?.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("form[action$='/restore']"));
        Assert.NotNull(page.QuerySelector("form[action$='/purge']"));
        Assert.NotNull(page.QuerySelector("fieldset[disabled] #title"));
        Assert.Null(page.QuerySelector("form[data-guard] button, [formaction], form[action$='/publish'], form[action$='/delete'], kinopress-player"));
    }
}
