using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Videos;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using VideoEdit = Kinopress.Client.VideoEdit;

namespace Kinopress.Server.Tests.Videos;

public sealed class VideosApiTests
{
    [Fact]
    public async Task Strangers_see_only_what_is_public()
    {
        await using var site = await TestSite.StartAsync();
        var seen = await site.AddFilmAsync(new TestFilm { Title = "Seen" });
        await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Unlisted });
        await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private });
        await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Internal });
        await site.AddFilmAsync(new TestFilm { IsPlayable = false, PublishedAt = null });
        await site.AddFilmAsync(new TestFilm { PublishedAt = TimeProvider.System.GetUtcNow().AddHours(1) });

        var page = await site.Stranger().Videos.ListAsync();

        Assert.Equal(seen, Assert.Single(page.Items).PublicId);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("-publishedAt")]
    [InlineData("publishedAt")]
    [InlineData("-createdAt")]
    [InlineData("createdAt")]
    public async Task Pages_show_every_video_exactly_once_even_at_one_moment(string sort)
    {
        await using var site = await TestSite.StartAsync();
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234560);
        List<string> films = [];
        for (var number = 0; number < 11; number++)
        {
            films.Add(await site.AddFilmAsync(new TestFilm { PublishedAt = moment, CreatedAt = moment }));
        }

        var walked = await site.Stranger().Videos.ListAllAsync(new VideoQuery { Limit = 3, Sort = sort }).Select(video => video.PublicId).ToListAsync();

        Assert.Equal(films.Order(StringComparer.Ordinal), walked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("-publishedAt", "CBA")]
    [InlineData("publishedAt", "ABC")]
    [InlineData("-createdAt", "ABC")]
    [InlineData("createdAt", "CBA")]
    public async Task Lists_are_in_the_order_asked_for(string sort, string expected)
    {
        await using var site = await TestSite.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await site.AddFilmAsync(new TestFilm { Title = "B", PublishedAt = now.AddDays(-2), CreatedAt = now.AddDays(-20) });
        await site.AddFilmAsync(new TestFilm { Title = "A", PublishedAt = now.AddDays(-3), CreatedAt = now.AddDays(-10) });
        await site.AddFilmAsync(new TestFilm { Title = "C", PublishedAt = now.AddDays(-1), CreatedAt = now.AddDays(-30) });

        var titles = await site.Stranger().Videos.ListAllAsync(new VideoQuery { Limit = 1, Sort = sort }).Select(video => video.Title).ToListAsync();

        Assert.Equal(expected, string.Concat(titles));
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    [InlineData("not/base64+url==")]
    [InlineData("é")]
    public async Task A_cursor_that_is_not_ours_starts_at_the_beginning(string cursor)
    {
        await using var site = await TestSite.StartAsync();
        await site.AddFilmAsync();

        var page = await site.Stranger().Videos.ListAsync(new VideoQuery { Cursor = cursor });

        Assert.Single(page.Items);
    }

    [Fact]
    public async Task An_unknown_order_is_refused()
    {
        await using var site = await TestSite.StartAsync();

        await Refusals.IsRefusedAsync("video.sort_unknown", () => site.Stranger().Videos.ListAsync(new VideoQuery { Sort = "title" }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(1000, 3)]
    public async Task The_limit_is_kept_within_bounds(int limit, int expected)
    {
        await using var site = await TestSite.StartAsync();
        for (var number = 0; number < 3; number++)
        {
            await site.AddFilmAsync();
        }

        var page = await site.Stranger().Videos.ListAsync(new VideoQuery { Limit = limit });

        Assert.Equal(expected, page.Items.Count);
    }

    [Fact]
    public async Task A_channel_lists_its_own()
    {
        await using var site = await TestSite.StartAsync();
        var here = await site.AddFilmAsync();
        await site.AddFilmAsync(new TestFilm { Of = TestPeople.OtherCreator });

        var page = await site.Stranger().Videos.ListAsync(new VideoQuery { Channel = "creator" });

        Assert.Equal(here, Assert.Single(page.Items).PublicId);
        Assert.Empty((await site.Stranger().Videos.ListAsync(new VideoQuery { Channel = "nobody\0" })).Items);
    }

    [Fact]
    public async Task Ones_own_list_has_drafts_and_nothing_of_others()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        await site.AddFilmAsync(new TestFilm { Of = TestPeople.OtherCreator });
        var creator = await site.ClientAsync("creator");
        var editor = await site.ClientAsync("editor");

        Assert.Equal(draft, Assert.Single((await creator.Videos.ListAsync(new VideoQuery { Mine = true })).Items).PublicId);
        Assert.Equal(2, (await editor.Videos.ListAsync(new VideoQuery { Mine = true })).Items.Count);
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Videos.ListAsync(new VideoQuery { Mine = true }));
    }

    [Fact]
    public async Task An_unknown_part_of_ones_list_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        await Refusals.IsRefusedAsync("video.status_unknown", () => creator.Videos.ListAsync(new VideoQuery { Mine = true, Status = "nonsense" }));
    }

    [Theory]
    [InlineData("published", "P")]
    [InlineData("drafts", "D")]
    [InlineData("trash", "T")]
    [InlineData("all", "DP")]
    public async Task Ones_own_list_has_parts(string status, string expected)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        await site.AddFilmAsync(new TestFilm { Title = "P" });
        await site.AddFilmAsync(new TestFilm { Title = "D", PublishedAt = null });
        await creator.Videos.DeleteAsync(await site.AddFilmAsync(new TestFilm { Title = "T" }));

        var titles = (await creator.Videos.ListAsync(new VideoQuery { Mine = true, Status = status })).Items.Select(video => video.Title);

        Assert.Equal(expected, string.Concat(titles.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("été", "L'Été à la mer")]
    [InlineData("ÉTÉ", "L'Été à la mer")]
    [InlineData("100%", "100% wool")]
    [InlineData("100_", null)]
    [InlineData("MER", "L'Été à la mer")]
    [InlineData("' OR 1=1 --", null)]
    public async Task Search_looks_into_titles(string search, string? expected)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        await site.AddFilmAsync(new TestFilm { Title = "L'Été à la mer" });
        await site.AddFilmAsync(new TestFilm { Title = "100% wool" });

        var found = await creator.Videos.ListAsync(new VideoQuery { Mine = true, Search = search });

        Assert.Equal(expected, found.Items.SingleOrDefault()?.Title);
    }

    [Fact]
    public async Task An_edit_changes_what_it_names_and_nothing_else()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();

        var first = await creator.Videos.EditAsync(film, new VideoEdit
        {
            Title = "  New\ttitle ", Description = "One\r\nTwo", Tags = ["#Sea", "sea", "", "Sun"], Category = "Travel", Language = "pt-BR", Licence = "CC BY 4.0", Visibility = "Unlisted",
        });
        var second = await creator.Videos.EditAsync(film, new VideoEdit { Description = "" });

        Assert.Equal(("New title", "One\nTwo", "Travel", "pt-BR", "CC BY 4.0", "unlisted"), (first.Title, first.Description, first.Category, first.Language, first.Licence, first.Visibility));
        Assert.Equal(["Sea", "Sun"], first.Tags);
        Assert.Null(second.Description);
        Assert.Equal(["Sea", "Sun"], second.Tags);
    }

    public static TheoryData<string, VideoEdit> BadEdits => new()
    {
        { "title", new VideoEdit { Title = " \u202e " } },
        { "visibility", new VideoEdit { Visibility = "2" } },
        { "visibility", new VideoEdit { Visibility = "secret" } },
        { "language", new VideoEdit { Language = "english language" } },
        { "tags", new VideoEdit { Tags = [.. Enumerable.Range(0, 21).Select(number => $"tag {number}")] } },
        { "description", new VideoEdit { Description = new string('a', 10_001) } },
    };

    [Theory]
    [MemberData(nameof(BadEdits))]
    public async Task An_edit_is_made_by_the_rules(string field, VideoEdit edit)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();

        var problem = await Refusals.RefusedAsync(() => creator.Videos.EditAsync(film, edit));

        Assert.Equal("video.invalid", problem.Code);
        Assert.Equal(field, Assert.Single(problem.Errors?.Keys ?? []));
        Assert.Equal("A film", (await site.VideoAsync(film)).Title);
    }

    [Fact]
    public async Task An_edit_of_an_older_revision_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var seen = await creator.Videos.GetAsync(film);
        await creator.Videos.EditAsync(film, new VideoEdit { Title = "Theirs" }, seen.ETag);

        await Refusals.IsRefusedAsync("video.edited_elsewhere", () => creator.Videos.EditAsync(film, new VideoEdit { Title = "Mine" }, seen.ETag));
        await Refusals.IsRefusedAsync("video.edited_elsewhere", () => creator.Videos.EditAsync(film, new VideoEdit { Title = "Mine" }, "\"nonsense\""));

        Assert.Equal("Theirs", (await creator.Videos.EditAsync(film, new VideoEdit(), "*")).Title);
    }

    [Fact]
    public async Task Of_edits_at_once_each_is_kept_or_refused()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var before = (await site.VideoAsync(film)).Revision;
        var etag = (await creator.Videos.GetAsync(film)).ETag;

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            try
            {
                await creator.Videos.EditAsync(film, new VideoEdit { Title = $"Title {number}" }, etag);
                return true;
            }
            catch (KinopressApiException refused)
            {
                Assert.Equal("video.edited_elsewhere", refused.Code);
                return false;
            }
        }));

        Assert.Single(kept, wasKept => wasKept);
        Assert.Equal(before + 1, (await site.VideoAsync(film)).Revision);
    }

    [Fact]
    public async Task Nobody_touches_somebody_elses_video()
    {
        await using var site = await TestSite.StartAsync();
        var other = await site.ClientAsync(TestPeople.OtherCreator);
        var film = await site.AddFilmAsync();

        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.EditAsync(film, new VideoEdit { Title = "Mine" }));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.DeleteAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.UnpublishAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.PublishAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.RestoreAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.PurgeAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Jobs.ListAsync(film));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Jobs.RetryAllAsync(film));
        Assert.Equal(["site.changed"], await site.EventsAsync());
    }

    [Fact]
    public async Task A_purged_video_leaves_a_tombstone_and_no_file()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();

        await Refusals.IsRefusedAsync("video.not_found", () => creator.Videos.PurgeAsync(film));
        await creator.Videos.DeleteAsync(film);
        await Refusals.IsRefusedAsync("video.not_found", () => creator.Videos.DeleteAsync(film));
        await creator.Videos.PurgeAsync(film);

        Assert.Equal(film, (await site.UseAsync((KinopressDbContext db) => db.Tombstones.SingleAsync())).PublicId);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Data, "media"), "*", SearchOption.AllDirectories));
        Assert.Empty(await site.UseAsync((KinopressDbContext db) => db.Renditions.ToListAsync()));
        await Refusals.IsRefusedAsync("video.not_found", () => creator.Videos.RestoreAsync(film));
    }

    [Fact]
    public async Task A_restored_video_is_as_it_was()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        await creator.Videos.DeleteAsync(film);
        await Refusals.IsRefusedAsync("video.not_found", () => site.Stranger().Videos.GetAsync(film));

        var restored = await creator.Videos.RestoreAsync(film);

        Assert.NotNull(restored.PublishedAt);
        Assert.Equal(film, (await site.Stranger().Videos.GetAsync(film)).PublicId);
    }

    [Fact]
    public async Task What_is_thirty_days_in_the_trash_is_purged()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        await creator.Videos.DeleteAsync(film);
        clock.Advance(TimeSpan.FromDays(31));

        await Eventually.HoldsAsync(() => site.UseAsync(async (KinopressDbContext db) => !await db.Videos.AnyAsync()), "the trash is empty");

        Assert.Contains("video.purged", await site.EventsAsync());
    }
}
