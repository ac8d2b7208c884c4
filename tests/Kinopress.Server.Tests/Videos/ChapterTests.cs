using System.Net;
using System.Net.Http.Json;
using System.Text;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Videos;

/// <summary>Test films last six seconds, replays twenty.</summary>
public sealed class ChapterTests
{
    [Fact]
    public async Task Chapters_are_replaced_as_a_whole_and_the_players_track_follows()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var track = $"/media/v/public/{film}/chapters.vtt";

        var first = await creator.Videos.EditChaptersAsync(film, [new(0, "  Intro \n"), new(2000, "Old"), new(4000, "End")]);
        var before = await site.Http.GetStringAsync(track);
        var second = await creator.Videos.EditChaptersAsync(film, [new(0, "Intro"), new(2000, "New"), new(5999, "🎬")], first.ETag);

        Assert.Equal("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nIntro\n\n00:00:02.000 --> 00:00:04.000\nOld\n\n00:00:04.000 --> 00:00:06.000\nEnd\n", before);
        Assert.Equal([new(0, "Intro"), new(2000, "New"), new VideoChapter(5999, "🎬")], second.Chapters ?? []);
        Assert.Equal(second.Chapters, await creator.Videos.GetChaptersAsync(film));
        Assert.NotEqual(first.Playback.ChaptersUrl, second.Playback.ChaptersUrl);
        await Eventually.HoldsAsync(async () => (await site.Http.GetStringAsync(track)).Contains("New", StringComparison.Ordinal), "the track is the new one");
        Assert.Equal(2, (await site.EventsAsync()).Count(kind => kind == "video.media_changed"));
    }

    [Fact]
    public async Task The_page_lists_them_as_links_that_seek()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var film = await site.AddFilmAsync();
        await (await site.ClientAsync("creator")).Videos.EditChaptersAsync(film, [new(0, "Intro"), new(2500, "A <b>boat</b>"), new(4000, "End")]);

        var page = await (await site.BrowserAsync("viewer")).OpenAsync($"/watch/{film}");
        var links = page.QuerySelectorAll("details.chapters[open] a");

        Assert.Equal(["?t=0", "?t=2", "?t=4"], links.Select(link => link.GetAttribute("href")));
        Assert.Equal(["0", "2.5", "4"], links.Select(link => link.GetAttribute("data-seek")));
        Assert.Equal("0:02A <b>boat</b>", links[1].TextContent);
    }

    [Fact]
    public async Task An_empty_list_removes_them()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        await creator.Videos.EditChaptersAsync(film, [new(0, "Intro")]);

        var video = await creator.Videos.EditChaptersAsync(film, []);

        Assert.Empty(video.Chapters ?? [new(0, "not read")]);
        Assert.Null(video.Playback.ChaptersUrl);
        Assert.Empty(await creator.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task They_are_edited_in_the_time_of_the_whole_film_whatever_is_trimmed()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var replay = await ReplayAsync(site, creator);
        await creator.Videos.TrimAsync(replay, startMs: 4000, endMs: 14_000);
        VideoChapter[] whole = [new(0, "A"), new(3000, "B"), new(9000, "C"), new(15_000, "D")];

        var trimmed = await creator.Videos.EditChaptersAsync(replay, whole);
        var kept = await creator.Videos.GetChaptersAsync(replay);
        var untrimmed = await creator.Videos.UntrimAsync(replay);

        Assert.Equal([new(0, "B"), new VideoChapter(5000, "C")], trimmed.Chapters ?? []);
        Assert.Equal(whole, kept);
        Assert.Equal(whole, untrimmed.Chapters ?? []);
    }

    [Theory]
    [InlineData("[{\"startMs\":0,\"title\":\" \"}]", "video.chapter_untitled", "[0].title")]
    [InlineData("[{\"startMs\":0,\"title\":\"A\"},{\"startMs\":1}]", "video.chapter_untitled", "[1].title")]
    [InlineData("[{\"startMs\":-1,\"title\":\"A\"}]", "video.chapter_time_invalid", "[0].startMs")]
    [InlineData("[{\"title\":\"A\"}]", "video.chapter_time_invalid", "[0].startMs")]
    [InlineData("[null]", "video.chapter_time_invalid", "[0].startMs,[0].title")]
    [InlineData("[{\"startMs\":2000,\"title\":\"A\"},{\"startMs\":1000,\"title\":\"B\"}]", "video.chapters_unordered", "[1].startMs")]
    [InlineData("[{\"startMs\":2000,\"title\":\"A\"},{\"startMs\":2000,\"title\":\"B\"}]", "video.chapters_unordered", "[1].startMs")]
    [InlineData("[{\"startMs\":6000,\"title\":\"A\"}]", "video.chapter_beyond_end", "[0].startMs")]
    [InlineData("[{\"startMs\":9223372036854775807,\"title\":\"A\"}]", "video.chapter_beyond_end", "[0].startMs")]
    [InlineData("[{\"startMs\":1,\"title\":\"\"},{\"startMs\":0,\"title\":\"B\"}]", "video.chapter_untitled", "[0].title,[1].startMs")]
    public async Task What_is_wrong_is_named_and_nothing_is_changed(string body, string code, string fields)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        await creator.Videos.EditChaptersAsync(film, [new(0, "As it was")]);
        using var http = await site.HttpAsync("creator");

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync(new Uri($"/rest/v1/videos/{film}/chapters", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, problem?.Code));
        Assert.Equal(fields, string.Join(',', problem?.Errors?.Keys ?? Enumerable.Empty<string>()));
        Assert.Equal([new VideoChapter(0, "As it was")], await creator.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task There_are_bounds()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var hundred = Enumerable.Range(0, 100).Select(number => new VideoChapter(number, new string('é', 200))).ToList();

        var most = await creator.Videos.EditChaptersAsync(film, hundred);

        Assert.Equal(hundred, most.Chapters ?? []);
        await Refusals.IsRefusedAsync("video.chapters_too_many", () => creator.Videos.EditChaptersAsync(film, [.. hundred, new(100, "A")]));
        await Refusals.IsRefusedAsync("video.chapter_title_too_long", () => creator.Videos.EditChaptersAsync(film, [new(0, new string('é', 201))]));
    }

    [Fact]
    public async Task An_edit_from_an_older_revision_is_refused()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var read = await creator.Videos.GetAsync(film);
        await creator.Videos.EditAsync(film, new VideoEdit { Title = "Another" });

        await Refusals.IsRefusedAsync("video.edited_elsewhere", () => creator.Videos.EditChaptersAsync(film, [new(0, "Intro")], read.ETag));

        Assert.Empty(await creator.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task A_length_that_is_not_known_yet_takes_no_chapters()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var waiting = await site.AddFilmAsync(new TestFilm { IsPlayable = false, PublishedAt = null });

        var problem = await Refusals.RefusedAsync(() => creator.Videos.EditChaptersAsync(waiting, [new(0, "Intro")]));
        var none = await creator.Videos.EditChaptersAsync(waiting, []);
        var page = await (await site.BrowserAsync("creator")).OpenAsync($"/studio/videos/{waiting}");

        Assert.Equal((409, "video.length_unknown"), (problem.Status, problem.Code));
        Assert.Empty(none.Chapters ?? []);
        Assert.Null(page.QuerySelector("#chapters"));
    }

    [Fact]
    public async Task Others_cannot_nor_can_a_token_that_only_reads()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        var other = await site.ClientAsync(TestPeople.OtherCreator);
        var reader = await site.ClientAsync("creator", "videos:read");

        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.EditChaptersAsync(film, []));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.GetChaptersAsync(film));
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Videos.GetChaptersAsync(film));
        await Refusals.IsRefusedAsync("token.scope_missing", () => reader.Videos.EditChaptersAsync(film, []));
        Assert.Empty(await reader.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task In_Studio_they_are_lines_as_people_paste_them()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var replay = await ReplayAsync(site, creator);
        await creator.Videos.TrimAsync(replay, startMs: 4000, endMs: 14_000);
        var studio = await site.BrowserAsync("creator");
        var address = $"/studio/videos/{replay}";
        const string Pasted = "\r\n0:00 Intro\r\n\r\n- 00:03 – First song\r\n[0:05.25] Second: song\r\n(0:00:09) 2001: a talk\r\n• 0:10: - - signs\r\n0:19\tEnd\r\n";

        using var saved = await studio.SubmitAsync(address, $"{address}/chapters", ("chapters", Pasted));
        var chapters = await creator.Videos.GetChaptersAsync(replay);
        var page = await studio.OpenAsync(address);
        using var again = await studio.SubmitAsync(address, $"{address}/chapters");

        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal([new(0, "Intro"), new(3000, "First song"), new(5250, "Second: song"), new(9000, "2001: a talk"), new(10_000, "- signs"), new VideoChapter(19_000, "End")], chapters);
        Assert.Equal("0:00 Intro\n0:03 First song\n0:05.25 Second: song\n0:09 2001: a talk\n0:10 - - signs\n0:19 End", page.QuerySelector("#chapters")?.TextContent);
        Assert.Contains("whole film of 0:20; viewers see it from 0:04 to 0:14", page.QuerySelector("#chapters-hint")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("4000", page.QuerySelector("chapter-editor")?.GetAttribute("offset-ms"));
        Assert.Equal(chapters, await creator.Videos.GetChaptersAsync(replay));
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Theory]
    [InlineData("0:00 Intro\n\nsoon The song", "Line 3: Begin it with a time")]
    [InlineData("10 things", "Line 1: Begin it with a time")]
    [InlineData("-0:01 Intro", "Line 1: Begin it with a time")]
    [InlineData("0:75 Intro", "Line 1: Begin it with a time")]
    [InlineData("0:00 Intro\n0:02", "Line 2: A chapter needs a title.")]
    [InlineData("0:02 A\n0:01 B", "Line 2: A chapter starts later than the one before it.")]
    [InlineData("\n0:06 A", "Line 2: A chapter starts before the video ends.")]
    [InlineData("a\nb\nc\nd\ne\nf\ng", "And 2 more lines.")]
    [InlineData("0:00 <script>\n1:2:3:4 <b>", "Line 2: Begin it with a time")]
    public async Task In_Studio_the_line_is_named_and_what_was_typed_kept(string typed, string words)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var studio = await site.BrowserAsync("creator");

        using var answer = await studio.SubmitAsync($"/studio/videos/{film}", $"/studio/videos/{film}/chapters", ("chapters", typed));
        var page = await studio.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, page.QuerySelector("#chapters-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, page.QuerySelector("#chapters")?.TextContent);
        Assert.Equal("true", page.QuerySelector("#chapters")?.GetAttribute("aria-invalid"));
        Assert.Empty(await creator.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task In_Studio_there_are_at_most_a_hundred_lines()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var studio = await site.BrowserAsync("creator");
        var typed = string.Join('\n', Enumerable.Range(0, 300).Select(number => $"0:00.{number:000} A"));

        using var answer = await studio.SubmitAsync($"/studio/videos/{film}", $"/studio/videos/{film}/chapters", ("chapters", typed));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("at most 100 chapters", (await studio.ReadAsync(answer)).QuerySelector("#chapters-error")?.TextContent, StringComparison.Ordinal);
        Assert.Empty(await creator.Videos.GetChaptersAsync(film));
    }

    [Fact]
    public async Task In_Studio_a_form_made_before_another_change_is_refused_once()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();
        var studio = await site.BrowserAsync("creator");
        var address = $"/studio/videos/{film}";
        await creator.Videos.EditChaptersAsync(film, [new(0, "From elsewhere")]);

        using var stale = await studio.SubmitAsync(address, $"{address}/chapters", ("chapters", "0:00 Mine"), ("revision", "1"));
        var page = await studio.ReadAsync(stale);

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("changed meanwhile", page.QuerySelector("#chapters-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("0:00 Mine", page.QuerySelector("#chapters")?.TextContent);
        Assert.NotEqual("1", page.QuerySelector("chapter-editor input[name=revision]")?.GetAttribute("value"));
    }

    private static async Task<string> ReplayAsync(TestSite site, KinopressClient creator) =>
        await site.AddReplayAsync((await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId);
}
