using System.Net;
using Kinopress.Core.Features.Videos;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Videos;

/// <summary>The same answer wherever somebody asks: page, embed, API, media and picture.</summary>
public sealed class AudienceTests
{
    private static readonly string[] Faces =
    [
        "/watch/{id}", "/embed/{id}", "/rest/v1/videos/{id}", "/media/v/public/{id}/master.m3u8", "/media/v/public/{id}/360p/index.m3u8",
        "/media/v/public/{id}/360p/0-abc/init.mp4", "/media/v/public/{id}/360p/0-abc/0.m4s", "/media/v/public/{id}/images/poster-640-abc.jpg",
    ];

    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Unlisted)]
    public async Task Whoever_has_the_address_may_watch(Visibility visibility)
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = visibility });

        Assert.All(await StatusesAsync(site, film), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Theory]
    [InlineData("private")]
    [InlineData("draft")]
    [InlineData("scheduled")]
    [InlineData("deleted")]
    [InlineData("missing")]
    public async Task For_strangers_it_does_not_exist(string kind)
    {
        await using var site = await TestSite.StartAsync();
        var film = kind == "missing" ? "11111111111" : await site.AddFilmAsync(new TestFilm
        {
            Visibility = kind == "private" ? Visibility.Private : Visibility.Public,
            PublishedAt = kind switch { "draft" => null, "scheduled" => TimeProvider.System.GetUtcNow().AddHours(1), _ => TimeProvider.System.GetUtcNow().AddHours(-1) },
        });
        if (kind == "deleted")
        {
            await (await site.ClientAsync("creator")).Videos.DeleteAsync(film);
        }

        Assert.All(await StatusesAsync(site, film), status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    [Fact]
    public async Task Internal_asks_strangers_to_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Internal });

        using var page = await site.Http.GetAsync($"/watch/{film}");
        using var embed = await site.Http.GetAsync($"/embed/{film}");
        using var api = await site.Http.GetAsync($"/rest/v1/videos/{film}");
        using var media = await site.Http.GetAsync($"/media/v/public/{film}/master.m3u8");

        Assert.Equal($"/login?returnUrl=%2Fwatch%2F{film}", page.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, embed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, media.StatusCode);
    }

    [Fact]
    public async Task Internal_is_for_every_signed_in_person()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Internal });
        var viewer = await site.BrowserAsync("viewer");
        var video = await (await site.ClientAsync("viewer")).Videos.GetAsync(film);

        using var page = await viewer.GetAsync($"/watch/{film}");
        using var media = await site.Http.GetAsync(video.Playback.HlsUrl);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, media.StatusCode);
    }

    [Fact]
    public async Task A_media_address_made_for_a_session_works_only_there()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private });
        var creator = await site.BrowserAsync("creator");
        var elsewhere = await site.BrowserAsync("creator");
        var address = await PlaylistAddressAsync(creator, film);

        using var here = await creator.GetAsync(address);
        using var there = await elsewhere.GetAsync(address);
        using var stranger = await site.Http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, here.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, there.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var segment = await creator.GetAsync(address.Replace("master.m3u8", "360p/0-abc/0.m4s", StringComparison.Ordinal));
        Assert.True(segment.Headers.CacheControl?.Private);
    }

    [Fact]
    public async Task A_media_address_is_for_one_video()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private });
        var other = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private, Of = TestPeople.OtherCreator });
        var creator = await site.BrowserAsync("creator");
        var address = await PlaylistAddressAsync(creator, film);

        using var answer = await creator.GetAsync(address.Replace(film, other, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_tampered_media_address_is_not_found()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private });
        var creator = await site.BrowserAsync("creator");
        var address = await PlaylistAddressAsync(creator, film);
        var token = address.Split('/')[3];
        var parts = token.Split('.');
        var swapped = parts[2][0] == 'A' ? 'B' : 'A';
        string[] forged =
        [
            $"{long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) + 3600}.{parts[1]}.{parts[2]}", $"{parts[0]}.o.{parts[2]}", $"{parts[0]}.{parts[1]}.{swapped}{parts[2][1..]}",
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", "x", new string('9', 101), "99999999999.o.", "-1.o.AAAA", "public2",
        ];

        foreach (var wrong in forged)
        {
            using var answer = await creator.GetAsync(address.Replace(token, wrong, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_media_address_lasts_six_hours_at_most()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var film = await site.AddFilmAsync(new TestFilm { Visibility = Visibility.Private });
        var address = (await (await site.ClientAsync("creator")).Videos.GetAsync(film)).Playback.HlsUrl;

        clock.Advance(TimeSpan.FromHours(5.4));
        using var intime = await site.Http.GetAsync(address);
        clock.Advance(TimeSpan.FromHours(0.7));
        using var late = await site.Http.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, intime.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_video_made_private_stops_playing_at_its_public_address()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        using var before = await site.Http.GetAsync($"/media/v/public/{film}/master.m3u8");

        await (await site.ClientAsync("creator")).Videos.EditAsync(film, new Client.VideoEdit { Visibility = "private" });

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await Eventually.HoldsAsync(
            async () => (await site.Http.GetAsync($"/media/v/public/{film}/master.m3u8")).StatusCode == HttpStatusCode.NotFound, "the public address is shut");
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=80-", 80, 10)]
    [InlineData("bytes=-5", 85, 5)]
    [InlineData("bytes=80-500", 80, 10)]
    public async Task Segments_are_served_in_ranges(string range, int from, int count)
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/media/v/public/{film}/360p/0-abc/0.m4s");
        request.Headers.TryAddWithoutValidation("Range", range);

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(TestSiteFilms.SegmentBytes[from..(from + count)], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes {from}-{from + count - 1}/90", answer.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task A_range_beyond_the_end_cannot_be_served()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/media/v/public/{film}/360p/0-abc/0.m4s");
        request.Headers.TryAddWithoutValidation("Range", "bytes=90-");

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */90", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("720p/index.m3u8")]
    [InlineData("360p/0-other/0.m4s")]
    [InlineData("360p/0-abc/1.m4s")]
    [InlineData("360p/0-abc/-1.m4s")]
    [InlineData("360p/0-abc/0.mp4")]
    [InlineData("images/other.jpg")]
    [InlineData("images/..%2f..%2foriginal")]
    [InlineData("original")]
    [InlineData("storyboard.vtt")]
    public async Task What_a_video_does_not_have_is_not_found(string path)
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();

        using var answer = await site.Http.GetAsync($"/media/v/public/{film}/{path}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<List<HttpStatusCode>> StatusesAsync(TestSite site, string film)
    {
        List<HttpStatusCode> statuses = [];
        foreach (var face in Faces)
        {
            using var answer = await site.Http.GetAsync(face.Replace("{id}", film, StringComparison.Ordinal));
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private static async Task<string> PlaylistAddressAsync(TestBrowser browser, string film)
    {
        using var answer = await browser.GetAsync($"/rest/v1/videos/{film}");
        using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("playback").GetProperty("hlsUrl").GetString() ?? throw new InvalidOperationException("It does not play.");
    }
}
