using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kinopress.Client;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Lives;

/// <summary>Pieces that viewers cut out of a live on air.</summary>
public sealed class LiveClipTests
{
    private static readonly TimeSpan OnAir = TimeSpan.FromSeconds(40);

    private static readonly TestSiteOptions WithoutEncoders = new() { Configure = options => options.RtmpUrls = "none" };

    [Fact]
    public async Task A_viewer_keeps_the_last_moments_as_an_unlisted_video_that_plays()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });
        var viewer = await site.HttpAsync("viewer");

        using var answer = await ClipAsync(viewer, live, new { end = Soon, durationSeconds = 20, title = "The good part" });
        var clip = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var publicId = clip.GetProperty("publicId").GetString() ?? "";
        var video = await site.Stranger().Videos.GetAsync(publicId);
        using var playlist = await site.Http.GetAsync($"/media/v/public/{publicId}/source/index.m3u8", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.InRange(clip.GetProperty("durationMs").GetInt64(), 5_000, 28_000);
        Assert.Equal(("The good part", "unlisted"), (video.Title, video.Visibility));
        Assert.Contains("#EXT-X-ENDLIST", await playlist.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public", true)]
    [InlineData("unlisted", false)] // only those who have its link know of it
    [InlineData("private", false)]
    public async Task Its_page_names_a_live_that_is_public(string visibility, bool isNamed)
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening <b>show</b>" });
        using var answer = await ClipAsync(await site.HttpAsync("viewer"), live, new { end = Soon, title = "The good part" });
        var clip = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("publicId").GetString();
        await (await site.ClientAsync("creator")).Lives.EditAsync(live, new LiveEdit { Visibility = visibility });

        var link = (await site.Browser().OpenAsync($"/watch/{clip}")).QuerySelector(".watch__source a");

        Assert.Equal(isNamed ? ($"/watch/{live}", "Evening <b>show</b>") : (null, null), (link?.GetAttribute("href"), link?.TextContent));
    }

    [Fact]
    public async Task Studios_list_tells_clips_and_replays_from_what_was_uploaded()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        await site.AddFilmAsync(new TestFilm { Title = "A film" });
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });
        using var clip = await ClipAsync(await site.HttpAsync("creator"), live, new { end = Soon, title = "The good part" });
        await site.AddReplayAsync((await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Morning show" })).PublicId);

        var rows = (await (await site.BrowserAsync("creator")).OpenAsync("/studio/videos")).QuerySelectorAll(".video-row");

        Assert.Equal(HttpStatusCode.Created, clip.StatusCode);
        Assert.Equal(
            [("A film", null), ("Morning show", "Replay"), ("The good part", "Clip")],
            rows.Select(row => (row.QuerySelector(".video-row-title")?.TextContent ?? "", row.QuerySelector("[data-recorded]")?.TextContent)).OrderBy(row => row.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_clip_takes_the_room_that_is_kept_for_the_site()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });
        var viewer = await site.HttpAsync("viewer");
        site.Services.GetRequiredService<KinopressOptions>().ReservedDiskInBytes = long.MaxValue;

        using var answer = await ClipAsync(viewer, live, new { end = Soon });

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("live.no_room", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_is_never_for_more_people_than_its_live()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "For members of the house", Visibility = "internal" });
        var viewer = await site.HttpAsync("viewer");

        using var answer = await ClipAsync(viewer, live, new { end = Soon });
        var clip = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var video = await (await site.ClientAsync("creator")).Videos.GetAsync(clip.GetProperty("publicId").GetString() ?? "");

        Assert.Equal("internal", video.Visibility);
    }

    [Fact]
    public async Task Who_is_not_signed_in_cuts_nothing()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });

        using var answer = await ClipAsync(site.Http, live, new { end = Soon });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_live_that_does_not_allow_it_is_not_cut()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show", AllowClips = false });

        using var answer = await ClipAsync(await site.HttpAsync("viewer"), live, new { end = Soon });

        Assert.Contains("live.clips_not_allowed", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"durationSeconds":1}""")]
    [InlineData("""{"durationSeconds":1e300}""")]
    [InlineData("""{"end":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"end":"0001-01-01T00:00:00Z"}""")]
    public async Task What_cannot_be_cut_is_refused(string body)
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await (await site.HttpAsync("viewer")).PostAsync($"/rest/v1/lives/{live}/clips", content, TestContext.Current.CancellationToken);

        Assert.Contains("live.invalid", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_a_sixth_clip_within_minutes()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var live = await OnAirAsync(site, new LiveEdit { Title = "Evening show" });
        var viewer = await site.HttpAsync("viewer");
        List<HttpStatusCode> answers = [];

        for (var i = 0; i < 6; i++)
        {
            using var answer = await ClipAsync(viewer, live, new { end = Soon });
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Created, 5), HttpStatusCode.TooManyRequests], answers);
    }

    // All of it is sent at once, so that most of it has a moment to come; a few seconds of that are taken for a wrong clock.
    private static DateTimeOffset Soon => TimeProvider.System.GetUtcNow().AddSeconds(8);

    private static async Task<string> OnAirAsync(TestSite site, LiveEdit edit)
    {
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(edit)).PublicId;
        await site.BroadcastAsync(live, OnAir);
        var recordings = site.Services.GetRequiredService<RecordingFiles>();
        await Eventually.HoldsAsync(
            () => Task.FromResult(recordings.ListSessions().SelectMany(recordings.Read).SelectMany(chunk => chunk.Segments).Count() > 8), "there is something to cut");
        return live;
    }

    private static Task<HttpResponseMessage> ClipAsync(HttpClient http, string live, object body) =>
        http.PostAsJsonAsync($"/rest/v1/lives/{live}/clips", body, TestContext.Current.CancellationToken);
}
