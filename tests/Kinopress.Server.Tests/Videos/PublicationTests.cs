using Kinopress.Core.Features.Videos;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using VideoEdit = Kinopress.Client.VideoEdit;

namespace Kinopress.Server.Tests.Videos;

public sealed class PublicationTests
{
    [Fact]
    public async Task Publishing_shows_it_and_unpublishing_hides_it()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });

        await creator.Videos.PublishAsync(film);
        Assert.Single((await site.Stranger().Videos.ListAsync()).Items);
        await creator.Videos.UnpublishAsync(film);

        Assert.Empty((await site.Stranger().Videos.ListAsync()).Items);
        Assert.Equal(["site.changed", "video.published", "video.unpublished"], await site.EventsAsync());
    }

    [Fact]
    public async Task Publishing_again_keeps_the_first_moment_and_is_no_news()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });

        var first = await creator.Videos.PublishAsync(film);
        var second = await creator.Videos.PublishAsync(film);

        Assert.Equal(first.PublishedAt, second.PublishedAt);
        Assert.Equal(["site.changed", "video.published"], await site.EventsAsync());
    }

    [Fact]
    public async Task A_scheduled_video_appears_at_its_moment()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });

        var scheduled = await creator.Videos.PublishAsync(film, clock.GetUtcNow().AddHours(1));
        await Refusals.IsRefusedAsync("video.not_found", () => site.Stranger().Videos.GetAsync(film));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(clock.GetUtcNow(), scheduled.PublishedAt);
        Assert.Equal(film, (await site.Stranger().Videos.GetAsync(film)).PublicId);
        Assert.Single((await site.Stranger().Videos.ListAsync()).Items);
    }

    [Fact]
    public async Task The_moment_may_be_given_in_any_time_zone()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        var at = new DateTimeOffset(2099, 6, 1, 20, 0, 0, TimeSpan.FromHours(-7));

        var scheduled = await creator.Videos.PublishAsync(film, at);

        Assert.Equal(at, scheduled.PublishedAt);
    }

    [Fact]
    public async Task What_does_not_play_yet_is_published_only_when_ready()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null, IsPlayable = false });

        var refused = await Refusals.RefusedAsync(() => creator.Videos.PublishAsync(film));
        var waiting = await creator.Videos.PublishAsync(film, whenReady: true);

        Assert.Equal((409, "video.not_playable"), (refused.Status, refused.Code));
        Assert.True(waiting.PublishWhenReady);
        Assert.Null(waiting.PublishedAt);
        Assert.DoesNotContain("video.published", await site.EventsAsync());
    }

    [Fact]
    public async Task Every_change_is_one_event_with_a_rising_number()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null });

        await creator.Videos.EditAsync(film, new VideoEdit { Title = "New" });
        await creator.Videos.PublishAsync(film);
        await creator.Videos.UnpublishAsync(film);
        await creator.Videos.DeleteAsync(film);
        await creator.Videos.RestoreAsync(film);
        await creator.Videos.DeleteAsync(film);
        await creator.Videos.PurgeAsync(film);
        await (await site.ClientAsync("owner")).Site.EditAsync(new Client.SiteEdit { Tagline = "Every evening" });

        Assert.Equal(
            ["site.changed", "video.edited", "video.published", "video.unpublished", "video.deleted", "video.restored", "video.deleted", "video.purged", "site.changed"],
            await site.EventsAsync());
    }

    [Fact]
    public async Task A_refused_change_is_no_event()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync(new TestFilm { PublishedAt = null, IsPlayable = false });

        await Refusals.RefusedAsync(() => creator.Videos.PublishAsync(film));
        await Refusals.RefusedAsync(() => creator.Videos.EditAsync(film, new VideoEdit { Title = "" }));
        await Refusals.RefusedAsync(() => creator.Videos.RestoreAsync(film));
        await Refusals.RefusedAsync(() => creator.Videos.PurgeAsync(film));

        Assert.Equal(["site.changed"], await site.EventsAsync());
    }

    [Fact]
    public async Task Making_it_private_takes_it_from_every_list()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();

        await creator.Videos.EditAsync(film, new VideoEdit { Visibility = VisibilityName.Of(Visibility.Private) });

        Assert.Empty((await site.Stranger().Videos.ListAsync()).Items);
        await Refusals.IsRefusedAsync("video.not_found", () => site.Stranger().Videos.GetAsync(film));
    }
}
