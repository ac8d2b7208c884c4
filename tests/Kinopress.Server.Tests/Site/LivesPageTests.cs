using System.Net;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Site;

/// <summary>The page of what is on air and what is planned.</summary>
public sealed class LivesPageTests
{
    [Fact]
    public async Task It_says_so_when_there_is_nothing_and_no_page_leads_there()
    {
        await using var site = await TestSite.StartAsync();
        await AddAsync(site, "Not planned");

        using var answer = await site.Http.GetAsync("/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nothing is live right now", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/live\"", await site.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lists_what_is_on_air_then_what_is_planned_with_its_time()
    {
        await using var site = await TestSite.StartAsync();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await AddAsync(site, "Later", at: tomorrow.AddHours(2));
        await AddAsync(site, "Sooner", at: tomorrow);
        await AddAsync(site, "For friends", "unlisted", tomorrow);
        await site.StartLiveAsync(await AddAsync(site, "On the air"));

        var page = await (await site.BrowserAsync("viewer")).OpenAsync("/live");

        Assert.Equal(["On the air", "Sooner", "Later"], page.QuerySelectorAll("main .card__title").Select(title => title.TextContent.Trim()));
        Assert.Equal(["Live now", "Coming up"], page.QuerySelectorAll("main h2").Select(title => title.TextContent));
        Assert.Equal(tomorrow.ToString("yyyy-MM-ddTHH:mm:ss+00:00", null), page.QuerySelector("time[data-moment]")?.GetAttribute("datetime"));
        Assert.Equal("page", page.QuerySelector("header a[href='/live']")?.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task What_is_planned_goes_into_the_visitors_calendar()
    {
        await using var site = await TestSite.StartAsync();
        var begins = new DateTimeOffset(TimeProvider.System.GetUtcNow().Year + 1, 3, 1, 19, 30, 0, TimeSpan.Zero);
        var live = await AddAsync(site, "An evening; with rain, and \\ tea", at: begins);
        var browser = await site.BrowserAsync("viewer");
        var link = (await browser.OpenAsync($"/watch/{live}")).QuerySelector("a[href$='.ics']")?.GetAttribute("href");

        using var answer = await site.Http.GetAsync(link, TestContext.Current.CancellationToken);

        var planned = Assert.Single(Assert.IsType<Ical.Net.Calendar>(Ical.Net.Calendar.Load(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))).Events);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("An evening; with rain, and \\ tea", planned.Summary);
        Assert.Equal(begins.UtcDateTime, planned.Start?.AsUtc);
        Assert.Equal(new Uri(site.Address, $"/watch/{live}"), planned.Url);
        Assert.Single(planned.Alarms);
    }

    [Theory]
    [InlineData("public", false)]
    [InlineData("private", true)]
    public async Task What_is_not_planned_or_not_for_everybody_is_in_no_calendar(string visibility, bool isPlanned)
    {
        await using var site = await TestSite.StartAsync();
        var live = await AddAsync(site, "Evening", visibility, isPlanned ? TimeProvider.System.GetUtcNow().AddDays(1) : null);

        using var answer = await site.Http.GetAsync($"/watch/{live}/calendar.ics", TestContext.Current.CancellationToken);
        using var nothing = await site.Http.GetAsync("/watch/nothing/calendar.ics", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, nothing.StatusCode));
    }

    [Fact]
    public async Task Home_and_channel_show_what_is_planned_below_what_is_on_air()
    {
        await using var site = await TestSite.StartAsync();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await AddAsync(site, "Tomorrow", at: tomorrow);
        await AddAsync(site, "For friends", "unlisted", tomorrow);
        var onAir = await AddAsync(site, "On the air");
        await site.StartLiveAsync(onAir);
        site.Services.GetRequiredService<Core.Features.Lives.LiveStatusBoard>().SetViewers(onAir, 3);
        var browser = await site.BrowserAsync("viewer");

        foreach (var address in (string[])["/", "/@creator"])
        {
            var page = await browser.OpenAsync(address);

            Assert.Equal(["Live now", "Coming up"], page.QuerySelectorAll("main section h2.section__title").Select(title => title.TextContent).Take(2));
            Assert.Equal(["On the air", "Tomorrow"], page.QuerySelectorAll("main .card__title").Select(title => title.TextContent.Trim()).Take(2));
            Assert.Contains("3 watching", Assert.Single(page.QuerySelectorAll("main .card:has(.badge--live) .facts")).TextContent, StringComparison.Ordinal);
            Assert.Equal(tomorrow.ToString("yyyy-MM-ddTHH:mm:ss+00:00", null), page.QuerySelector("time[data-moment]")?.GetAttribute("datetime"));
        }
    }

    [Fact]
    public async Task A_live_that_never_was_on_air_shows_no_empty_box()
    {
        await using var site = await TestSite.StartAsync();
        var live = await AddAsync(site, "Some day");

        var page = await (await site.BrowserAsync("viewer")).OpenAsync($"/watch/{live}");

        Assert.Null(page.QuerySelector(".description"));
        Assert.Contains("Not on air", page.QuerySelector("[data-live-card]")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_leads_there_as_soon_as_something_is_planned_and_says_when_it_is_on_air()
    {
        await using var site = await TestSite.StartAsync();
        Assert.DoesNotContain("href=\"/live\"", await site.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var live = await AddAsync(site, "Tomorrow", at: TimeProvider.System.GetUtcNow().AddDays(1));
        await ShowsAsync(site, "href=\"/live\"");
        Assert.DoesNotContain("Live now", await site.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await site.StartLiveAsync(live);

        await ShowsAsync(site, "Live now");
    }

    private static Task ShowsAsync(TestSite site, string text) =>
        Eventually.HoldsAsync(async () => (await site.Http.GetStringAsync("/login", TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal)
            && (await site.Http.GetStringAsync("/", TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal), $"pages say {text}");

    private static async Task<string> AddAsync(TestSite site, string title, string visibility = "public", DateTimeOffset? at = null) =>
        (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = title, Visibility = visibility, ScheduledAt = at?.ToString("O", null) })).PublicId;
}
