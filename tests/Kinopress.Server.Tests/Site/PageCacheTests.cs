using Kinopress.Core.Data;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Site;

public sealed class PageCacheTests
{
    [Fact]
    public async Task A_published_video_is_on_the_home_page_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "Fresh film", PublishedAt = null });
        Assert.DoesNotContain("Fresh film", await site.Http.GetStringAsync("/"), StringComparison.Ordinal);

        await (await site.ClientAsync("creator")).Videos.PublishAsync(film);

        Assert.Contains("Fresh film", await site.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_video_leaves_every_cached_page()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "Gone film" });
        Assert.Contains("Gone film", await site.Http.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Gone film", await site.Http.GetStringAsync($"/watch/{film}"), StringComparison.Ordinal);

        await (await site.ClientAsync("creator")).Videos.DeleteAsync(film);

        Assert.DoesNotContain("Gone film", await site.Http.GetStringAsync("/"), StringComparison.Ordinal);
        using var watch = await site.Http.GetAsync($"/watch/{film}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, watch.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_told_of_a_change_finds_it_in_the_database()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        List<bool> found = [];
        using var following = site.Services.GetRequiredService<ChangeSignal>().Follow(events =>
        {
            using var scope = site.Services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
            found.AddRange(events.Select(happened => db.Outbox.Any(kept => kept.Seq == happened.Seq)));
        });

        await (await site.ClientAsync("creator")).Videos.DeleteAsync(film);

        Assert.NotEmpty(found);
        Assert.All(found, Assert.True);
    }

    [Fact]
    public async Task Strangers_share_a_page()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        await site.Http.GetStringAsync("/");
        await RenameQuietlyAsync(site);

        Assert.Contains(TestPeople.SiteName, await site.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_read_before_a_change_is_not_kept_after_it()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var film = await site.AddFilmAsync(new TestFilm { Title = "First cut" });
        await site.Http.GetStringAsync($"/watch/{film}");
        await RetitleQuietlyAsync(site, film, "Final cut"); // as if it was committed while the page was made

        site.Services.GetRequiredService<CacheEpoch>().Advance();

        Assert.Contains("Final cut", await site.Http.GetStringAsync($"/watch/{film}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_allowed_before_a_change_is_not_kept_after_it()
    {
        await using var site = await TestSite.StartAsync();
        var hot = site.Services.GetRequiredService<HotParts>();
        var epoch = site.Services.GetRequiredService<CacheEpoch>();
        var readIn = epoch.Current;

        hot.Keep("/early", new HotPart("film", [1], "video/mp4"), readIn);
        epoch.Advance();
        hot.Keep("/late", new HotPart("film", [1], "video/mp4"), readIn);

        Assert.NotNull(hot.Find("/early"));
        Assert.Null(hot.Find("/late"));
    }

    [Fact]
    public async Task A_signed_in_visitor_never_gets_a_strangers_page_nor_leaves_one_behind()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.BrowserAsync("creator");
        var stranger = await site.Http.GetStringAsync("/");

        var own = await creator.OpenAsync("/");
        var after = await site.Http.GetStringAsync("/");

        Assert.Contains("/login", stranger, StringComparison.Ordinal);
        Assert.NotNull(own.QuerySelector("form[action='/logout']"));
        Assert.DoesNotContain("/logout", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cursor_makes_another_page()
    {
        await using var site = await TestSite.StartAsync();
        for (var number = 0; number < 26; number++)
        {
            await site.AddFilmAsync(new TestFilm { Title = $"Film {number}." });
        }

        var next = (await site.Browser().OpenAsync("/")).QuerySelector("a[href^='/?cursor=']")?.GetAttribute("href");

        Assert.NotNull(next);
        Assert.NotEqual(await site.Http.GetStringAsync("/"), await site.Http.GetStringAsync(next));
    }

    [Fact]
    public async Task Words_of_people_are_never_markup()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "<script>alert('x')</script>\"onload=\"" });

        foreach (var path in (string[])["/", $"/watch/{film}", $"/embed/{film}", "/@creator"])
        {
            Assert.DoesNotContain("<script>alert", await site.Http.GetStringAsync(path), StringComparison.OrdinalIgnoreCase);
        }
    }

    // Past every use case, so that no event tells the cache.
    private static Task<int> RetitleQuietlyAsync(TestSite site, string film, string title) => site.UseAsync((KinopressDbContext db) =>
        db.Videos.Where(video => video.PublicId == film).ExecuteUpdateAsync(set => set.SetProperty(video => video.Title, title)));

    private static Task<int> RenameQuietlyAsync(TestSite site) => site.UseAsync(async (KinopressDbContext db) =>
    {
        foreach (var profile in db.Sites)
        {
            profile.Edit("Another name", tagline: null, registrationOpen: false);
        }

        return await db.SaveChangesAsync();
    });
}
