using System.Net;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Tests.Videos;

public sealed class TrimTests
{
    [Fact]
    public async Task Only_the_part_is_shown_and_served_until_it_is_taken_back()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var video = await ReplayAsync(site, creator);

        var trimmed = await creator.Videos.TrimAsync(video, startMs: 5000, endMs: 13_000);
        using var list = await site.Http.GetAsync($"/media/v/public/{video}/source/index.m3u8", TestContext.Current.CancellationToken);
        var media = await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.InRange(list.Headers.CacheControl?.MaxAge ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // who has seen the whole asks for parts that are gone
        using var hidden = await site.Http.GetAsync($"/media/v/public/{video}/source/0-abc/1.m4s");
        using var shown = await site.Http.GetAsync($"/media/v/public/{video}/source/0-abc/2.m4s");
        using var beyond = await site.Http.GetAsync($"/media/v/public/{video}/source/1-abc/2.m4s");

        Assert.Equal((10_000L, new VideoTrim(4000, 14_000, 20_000)), (trimmed.DurationMs ?? 0, trimmed.Trim));
        Assert.Equal(["0-abc/2.m4s", "0-abc/3.m4s", "0-abc/4.m4s", "1-abc/0.m4s", "1-abc/1.m4s"], media.Split('\n').Where(line => line.EndsWith(".m4s", StringComparison.Ordinal)));
        Assert.EndsWith("#EXT-X-ENDLIST\n", media, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound), (hidden.StatusCode, shown.StatusCode, beyond.StatusCode));
        Assert.Equal(TestSiteLives.SegmentBytes(2), await shown.Content.ReadAsByteArrayAsync());

        var whole = await creator.Videos.UntrimAsync(video);
        Assert.Equal((20_000L, (VideoTrim?)null), (whole.DurationMs ?? 0, whole.Trim));
        await Eventually.HoldsAsync(async () => (await site.Http.GetAsync($"/media/v/public/{video}/source/0-abc/1.m4s")).IsSuccessStatusCode, "the whole is served again");
    }

    [Fact]
    public async Task In_Studio_moments_are_typed_as_people_write_them()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var video = await ReplayAsync(site, creator);
        var studio = await site.BrowserAsync("creator");
        var page = $"/studio/videos/{video}";

        var whole = await studio.OpenAsync(page);
        using var done = await studio.SubmitAsync(page, $"{page}/trim", ("trimFrom", "0:05"), ("trimTo", "13"));
        var trimmed = await creator.Videos.GetAsync(video);
        var shown = await studio.OpenAsync(page);
        using var undone = await studio.SubmitAsync(page, $"{page}/untrim");

        Assert.Equal(new VideoTrim(4000, 14_000, 20_000), trimmed.Trim);
        Assert.Equal(("0:00", "0:20"), (whole.QuerySelector("[name=trimFrom]")?.GetAttribute("value"), whole.QuerySelector("[name=trimTo]")?.GetAttribute("value")));
        Assert.Equal(("0:04", "0:14"), (shown.QuerySelector("[name=trimFrom]")?.GetAttribute("value"), shown.QuerySelector("[name=trimTo]")?.GetAttribute("value")));
        Assert.Null((await creator.Videos.GetAsync(video)).Trim);
    }

    [Theory]
    [InlineData("soon", "", "Write a moment")]
    [InlineData("1:75", "", "Write a moment")]
    [InlineData("", "9:59:59", "Choose a part within")]
    [InlineData("0:10", "0:05", "Choose a part within")]
    [InlineData("1:2:3:4", "<script>", "Write a moment")]
    public async Task In_Studio_what_cannot_be_trimmed_is_said_and_kept(string from, string to, string words)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var video = await ReplayAsync(site, creator);
        var studio = await site.BrowserAsync("creator");

        using var answer = await studio.SubmitAsync($"/studio/videos/{video}", $"/studio/videos/{video}/trim", ("trimFrom", from), ("trimTo", to));
        var page = await studio.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, page.QuerySelector("#trim")?.TextContent, StringComparison.Ordinal);
        Assert.Equal((from, to), (page.QuerySelector("[name=trimFrom]")?.GetAttribute("value"), page.QuerySelector("[name=trimTo]")?.GetAttribute("value")));
        Assert.Null((await creator.Videos.GetAsync(video)).Trim);
    }

    [Fact]
    public async Task Chapters_follow()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var video = await ReplayAsync(site, creator);
        var id = (await site.VideoAsync(video)).Id;
        await site.UseAsync(async (KinopressDbContext db) =>
        {
            foreach (var (start, title) in ((long, string)[])[(0, "A"), (3000, "B"), (9000, "C"), (15_000, "D")])
            {
                db.VideoChapters.Add(new Core.Features.Videos.VideoChapter { VideoId = id, StartInMilliseconds = start, Title = title });
            }

            return await db.SaveChangesAsync();
        });

        var trimmed = await creator.Videos.TrimAsync(video, startMs: 4000, endMs: 14_000);

        Assert.Equal([(0L, "B"), (5000L, "C")], trimmed.Chapters?.Select(chapter => (chapter.StartMs, chapter.Title)) ?? []);
    }

    [Fact]
    public async Task The_picture_is_taken_again_from_what_is_left()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var film = await site.AddFilmAsync();

        await creator.Videos.TrimAsync(film, startMs: 0, endMs: 4000);
        await creator.Videos.TrimAsync(film, startMs: 1000, endMs: 4000);
        await creator.Videos.UntrimAsync(film);

        Assert.Single(await site.JobsAsync("make-poster"));
        Assert.Equal(3, (await site.EventsAsync()).Count(kind => kind == "video.media_changed"));
    }

    [Theory]
    [InlineData(-1L, null, "startMs")]
    [InlineData(20_000L, null, "startMs")]
    [InlineData(long.MaxValue, null, "startMs")]
    [InlineData(5000L, 5000L, "endMs")]
    [InlineData(5000L, 4000L, "endMs")]
    [InlineData(null, 20_001L, "endMs")]
    [InlineData(null, long.MinValue, "endMs")]
    public async Task A_part_lies_within_the_video(long? start, long? end, string field)
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var video = await ReplayAsync(site, creator);

        var problem = await Refusals.RefusedAsync(() => creator.Videos.TrimAsync(video, start, end));

        Assert.Equal("video.invalid", problem.Code);
        Assert.Equal([field], problem.Errors?.Keys ?? Enumerable.Empty<string>());
    }

    [Fact]
    public async Task What_is_not_ready_or_does_not_meet_cannot_be_cut()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var waiting = await site.AddFilmAsync(new TestFilm { IsPlayable = false, PublishedAt = null });
        var uneven = await ReplayAsync(site, creator);
        var videoId = (await site.VideoAsync(uneven)).Id;
        await site.UseAsync(async (KinopressDbContext db) =>
        {
            var other = new Core.Features.Renditions.RecordedRendition("480p", 854, 480, 30, [new Core.Features.Renditions.FinishedChunk(
                "480p", "0-def", "key", 1, 1, "a", "avc1.64001f,mp4a.40.2", [new Media.Fmp4.Segment(0, 1, TimeSpan.Zero, TimeSpan.FromSeconds(7)), new Media.Fmp4.Segment(1, 1, TimeSpan.Zero, TimeSpan.FromSeconds(13))])]);
            var rendition = Core.Features.Renditions.Rendition.Recorded(videoId, other, TimeProvider.System);
            db.Renditions.Add(rendition);
            db.RenditionChunks.Add(Core.Features.Renditions.RenditionChunk.Create(rendition, 0, other.Chunks[0], TimeProvider.System));
            return await db.SaveChangesAsync();
        });

        var problem = await Refusals.RefusedAsync(() => creator.Videos.TrimAsync(waiting, 0, 1000));
        await Refusals.IsRefusedAsync("video.not_trimmable", () => creator.Videos.TrimAsync(uneven, 4000, 14_000));

        Assert.Equal((409, "video.not_trimmable"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Others_cannot()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        var other = await site.ClientAsync(TestPeople.OtherCreator);

        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.TrimAsync(film, 0, 1000));
        await Refusals.IsRefusedAsync("video.not_found", () => other.Videos.UntrimAsync(film));
    }

    private static async Task<string> ReplayAsync(TestSite site, KinopressClient creator) =>
        await site.AddReplayAsync((await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId);
}
