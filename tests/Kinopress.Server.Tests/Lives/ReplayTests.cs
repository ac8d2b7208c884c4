using System.Net;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using LiveEdit = Kinopress.Client.LiveEdit;

namespace Kinopress.Server.Tests.Lives;

public sealed class ReplayTests
{
    [Fact]
    public async Task A_recording_is_a_video_that_can_be_watched_at_once()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock, RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening", Description = "Songs", Tags = ["music"] })).PublicId;
        var session = await site.StartLiveAsync(live);
        clock.Advance(TimeSpan.FromSeconds(8));
        await creator.Lives.AddMarkerAsync(live, "Second song");
        clock.Advance(TimeSpan.FromSeconds(12));

        var ended = await site.EndLiveAsync(session.Id, await site.RecordAsync(session));
        var video = await site.Stranger().Videos.GetAsync(ended.ReplayPublicId ?? "");

        Assert.Equal(("Evening", "Songs", "ready", 20_000L), (video.Title, video.Description, video.State, video.DurationMs ?? 0));
        Assert.Equal(["music"], video.Tags);
        Assert.Equal(clock.GetUtcNow(), video.PublishedAt);
        Assert.Equal([(0L, "Evening"), (8000L, "Second song")], video.Chapters?.Select(chapter => (chapter.StartMs, chapter.Title)) ?? []);
        Assert.Equal(
            ["site.changed", "live.created", "live.started", "live.marked", "live.ended", "live.recorded", "video.became_playable", "video.published"],
            await site.EventsAsync());
        Assert.Equal(["make-poster", "make-storyboard"], (await site.JobsAsync()).Select(job => job.Kind));
        Assert.Equal(ended.ReplayPublicId, (await site.Stranger().Lives.GetAsync(live)).Replay);
        Assert.Equal(SourceKind.Recording, (await site.UseAsync((KinopressDbContext db) => db.VideoSources.SingleAsync())).Kind);
    }

    [Fact]
    public async Task Its_playlists_have_no_sound_beside_and_a_break_where_the_encoder_was_away()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var video = await site.AddReplayAsync(live);

        var master = await site.Http.GetStringAsync($"/media/v/public/{video}/master.m3u8");
        var media = await site.Http.GetStringAsync($"/media/v/public/{video}/source/index.m3u8");
        var segment = await site.Http.GetByteArrayAsync($"/media/v/public/{video}/source/1-abc/3.m4s");

        Assert.Contains("CODECS=\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720", master, StringComparison.Ordinal);
        Assert.DoesNotContain("AUDIO", master, StringComparison.Ordinal);
        Assert.DoesNotContain("INDEPENDENT", master, StringComparison.Ordinal);
        Assert.DoesNotContain("INDEPENDENT", media, StringComparison.Ordinal);
        Assert.Contains("0-abc/4.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"1-abc/init.mp4\"\n", media, StringComparison.Ordinal);
        Assert.EndsWith("1-abc/4.m4s\n#EXT-X-ENDLIST\n", media, StringComparison.Ordinal);
        Assert.Single(media.Split("#EXT-X-DISCONTINUITY").Skip(1));
        Assert.Equal(TestSiteLives.SegmentBytes(3), segment);
    }

    [Fact]
    public async Task Ending_twice_leaves_one_video()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var session = await site.StartLiveAsync(live);
        var recording = await site.RecordAsync(session);

        var endings = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.EndLiveAsync(session.Id, recording)));

        Assert.Single(endings.Select(ending => ending.ReplayPublicId).Distinct());
        Assert.Single((await site.Stranger().Videos.ListAsync()).Items);
        Assert.Single(await site.EventsAsync(), kind => kind == "live.ended");
        Assert.Single(await site.EventsAsync(), kind => kind == "video.published");
    }

    [Fact]
    public async Task What_was_not_recorded_leaves_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;

        Assert.Null((await site.EndLiveAsync((await site.StartLiveAsync(live)).Id)).ReplayPublicId);
        Assert.Null((await site.EndLiveAsync((await site.StartLiveAsync(live)).Id, new LiveRecording([]))).ReplayPublicId);
        Assert.Empty((await site.Stranger().Videos.ListAsync()).Items);
    }

    [Fact]
    public async Task A_private_live_leaves_a_draft_that_is_not_announced()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A", Visibility = "private" })).PublicId;
        var replay = await site.AddReplayAsync(live);
        await creator.Lives.EditAsync(live, new LiveEdit { Visibility = "public" });

        var video = await creator.Videos.GetAsync(replay);

        Assert.Equal(("private", (DateTimeOffset?)null), (video.Visibility, video.PublishedAt));
        Assert.DoesNotContain("video.published", await site.EventsAsync());
        Assert.Equal(replay, (await creator.Lives.GetAsync(live)).Replay);
        Assert.Null((await site.Stranger().Lives.GetAsync(live)).Replay);
    }

    [Fact]
    public async Task The_newest_replay_stands_for_the_live_until_it_is_deleted()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var first = await site.AddReplayAsync(live);
        var second = await site.AddReplayAsync(live);

        Assert.Equal(second, (await creator.Lives.GetAsync(live)).Replay);
        await creator.Videos.DeleteAsync(second);
        Assert.Equal(first, (await creator.Lives.GetAsync(live)).Replay);
        await creator.Videos.PurgeAsync(second);

        Assert.Equal([null, first], (await creator.Lives.ListSessionsAsync(live)).Items.Select(session => session.Replay));
        await creator.Lives.DeleteAsync(live);
        Assert.Equal("A", (await site.Stranger().Videos.GetAsync(first)).Title);
    }

    [Fact]
    public async Task Its_chapters_are_a_track_of_the_player()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A & B" })).PublicId;
        var session = await site.StartLiveAsync(live);
        clock.Advance(TimeSpan.FromSeconds(6));
        await creator.Lives.AddMarkerAsync(live, "Song --> end");
        var video = (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId;

        var page = await site.Browser().OpenAsync($"/watch/{video}");
        var track = await site.Http.GetStringAsync($"/media/v/public/{video}/chapters.vtt");

        Assert.Equal($"/media/v/public/{video}/chapters.vtt?r=1", page.QuerySelector("kinopress-player")?.GetAttribute("chapters"));
        Assert.Equal("WEBVTT\n\n00:00:00.000 --> 00:00:06.000\nA &amp; B\n\n00:00:06.000 --> 00:00:20.000\nSong --&gt; end\n", track);
    }

    [Fact]
    public async Task Its_pictures_are_taken_from_the_recording()
    {
        var processes = new FakeProcesses
        {
            Encode = async (request, stop) =>
            {
                await File.WriteAllBytesAsync(request.Arguments[^1], [0xFF, 0xD8, 0xFF, (byte)(request.Arguments.Any(argument => argument.Contains("drawbox", StringComparison.Ordinal)) ? 1 : 0)], stop);
                return FakeProcesses.Says("");
            },
        };
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = processes });
        var creator = await site.ClientAsync("creator");
        var replay = await site.AddReplayAsync((await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId);

        await Eventually.HoldsAsync(async () => await creator.Videos.GetAsync(replay) is { ThumbnailUrl: not null, Playback.StoryboardUrl: not null }, "the pictures are there");
        var before = await site.Http.GetStringAsync($"/media/v/public/{replay}/storyboard.vtt");
        var pictures = before.Split('\n').First(line => line.StartsWith("images/", StringComparison.Ordinal)).Split('#')[0];
        await creator.Videos.TrimAsync(replay, 4000, 14_000);
        string? track = null;
        using (var gone = await site.Http.GetAsync($"/media/v/public/{replay}/{pictures}", TestContext.Current.CancellationToken))
        {
            Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode); // it shows what was cut off
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await site.Http.GetAsync($"/media/v/public/{replay}/storyboard.vtt");
                track = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode && track.Contains("00:00:10.000\n", StringComparison.Ordinal);
            },
            "the storyboard follows the trim");

        Assert.All(processes.Encodings.Where(run => run.Arguments.Any(argument => argument.Contains("thumbnail=n=30", StringComparison.Ordinal))), run => Assert.Contains(run.Arguments, argument => argument.EndsWith("/source/0-abc.mp4", StringComparison.Ordinal)));
        var storyboard = Assert.Single(processes.Encodings, run => run.Arguments.Any(argument => argument.Contains("drawbox=t=fill:color=black:enable='lt(n,2)+gte(n,7)'", StringComparison.Ordinal)));
        Assert.Equal(2, storyboard.Arguments.Count(argument => argument.EndsWith("-abc.mp4", StringComparison.Ordinal)));
        Assert.StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nimages/storyboard-", track, StringComparison.Ordinal);
        Assert.Contains("#xywh=320,0,160,90", track, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_chapters_there_is_no_track()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();

        using var answer = await site.Http.GetAsync($"/media/v/public/{film}/chapters.vtt");
        var video = await site.Stranger().Videos.GetAsync(film);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(Assert.IsType<IReadOnlyList<Client.VideoChapter>>(video.Chapters, exactMatch: false));
        Assert.Null(video.Playback.ChaptersUrl);
        Assert.Null((await site.Stranger().Videos.ListAsync()).Items[0].Chapters);
    }
}
