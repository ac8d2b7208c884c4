using System.Net;
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

    [Fact]
    public async Task Publishing_saves_what_the_form_holds_first()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        var browser = await site.BrowserAsync("creator");

        using var answer = await SubmitDetailsAsync(browser, film, "publish", ("title", "A new title"), ("visibility", "private"));

        var video = await site.VideoAsync(film);
        Assert.Equal($"/studio/videos/{film}?done=published&video={film}", answer.Headers.Location?.OriginalString);
        Assert.Equal(("A new title", Visibility.Private), (video.Title, video.Visibility));
        Assert.NotNull(video.PublishedAt);
    }

    [Fact]
    public async Task Details_that_are_wrong_are_shown_and_nothing_is_published()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        var browser = await site.BrowserAsync("creator");

        using var answer = await SubmitDetailsAsync(browser, film, "publish", ("title", " "), ("description", "What I typed"));

        var page = await browser.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("What I typed", page.QuerySelector("#description")?.TextContent.Trim());
        Assert.Null((await site.VideoAsync(film)).PublishedAt);
    }

    [Fact]
    public async Task Publishing_from_the_list_leaves_the_details_alone()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "As it was", PublishedAt = null });
        var browser = await site.BrowserAsync("creator");

        using var answer = await browser.SubmitAsync("/studio/videos", $"/studio/videos/{film}/publish");

        var video = await site.VideoAsync(film);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("As it was", video.Title);
        Assert.NotNull(video.PublishedAt);
    }

    [Fact]
    public async Task A_form_made_before_another_change_is_refused_once_and_keeps_what_was_typed()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "As it was" });
        var browser = await site.BrowserAsync("creator");
        var address = $"/studio/videos/{film}";
        using var other = await browser.SubmitAsync(address, address, ("title", "From the other tab"));

        using var stale = await browser.SubmitAsync(address, address, ("title", "From this tab"), ("description", "Long text"), ("revision", "1"));
        var page = await browser.ReadAsync(stale);

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("changed meanwhile", page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("From this tab", page.QuerySelector("#title")?.GetAttribute("value"));
        Assert.Equal("Long text", page.QuerySelector("#description")?.TextContent.Trim());
        Assert.Equal("From the other tab", (await site.VideoAsync(film)).Title);
        Assert.NotEqual("1", page.QuerySelector("input[name=revision]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task Undo_in_the_list_leads_back_to_the_list()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        var browser = await site.BrowserAsync("creator");
        using var deleted = await browser.SubmitAsync("/studio/videos?tab=published", $"/studio/videos/{film}/delete");

        using var undone = await browser.SubmitAsync(deleted.Headers.Location?.OriginalString ?? "", $"/studio/videos/{film}/restore");

        Assert.Equal($"/studio/videos?tab=published&done=restored&video={film}", undone.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_list_says_who_sees_a_video_now()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddFilmAsync(new TestFilm { Title = "Draft", PublishedAt = null });
        await site.AddFilmAsync(new TestFilm { Title = "Mine", Visibility = Visibility.Private });
        await site.AddFilmAsync(new TestFilm { Title = "Everybody's" });
        var browser = await site.BrowserAsync("creator");

        var rows = (await browser.OpenAsync("/studio/videos")).QuerySelectorAll(".video-row");

        var facts = rows.ToDictionary(row => row.QuerySelector(".video-row-title")?.TextContent ?? "", row => (row.QuerySelector(".chip")?.TextContent.Trim(), row.QuerySelector(".video-row-fact")?.TextContent.Trim()), StringComparer.Ordinal);
        Assert.Equal(("Draft", "Draft"), facts["Draft"]);
        Assert.Equal(("Only you", "Only you"), facts["Mine"]);
        Assert.Equal(("Published", "Public"), facts["Everybody's"]);
    }

    /// <summary>Presses a button outside the form of the details that sends it.</summary>
    private static async Task<HttpResponseMessage> SubmitDetailsAsync(TestBrowser browser, string film, string action, params (string Name, string Value)[] fields)
    {
        var page = await browser.OpenAsync($"/studio/videos/{film}");
        var target = page.QuerySelector($"button[form=details][formaction$='/{action}']")?.GetAttribute("formaction") ?? throw new InvalidOperationException($"The page cannot {action}.");
        return await browser.SubmitAsync($"/studio/videos/{film}", $"/studio/videos/{film}", target, fields);
    }
}
