using System.Net;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>From a file to a film that plays, with real tools all the way.</summary>
public sealed class FilmTests
{
    [Fact]
    public async Task A_film_becomes_playable_then_ready_and_every_rendition_decodes()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.ShortAsync());
        await FilmSite.EventuallyAsync(async () => await site.StateAsync(id) is "playable" or "ready", "playable", seconds: 30);
        await site.UntilAsync(id, "ready");
        await site.UntilAllJobsAreDoneAsync(id);

        foreach (var playlist in await Playing.DecodeAllAsync(site, id))
        {
            Assert.Equal(180, await Playing.CountFramesAsync(site, playlist));
        }
    }

    [Fact]
    public async Task Its_poster_and_storyboard_are_served()
    {
        Tools.NeedFfmpeg();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.ShortAsync());
        await site.UntilAllJobsAreDoneAsync(id);
        var video = await site.VideoAsync(id);
        var poster = await site.GetAsync(video.GetProperty("thumbnailUrl").GetString()!); // a finished video has a picture
        var track = await site.TextAsync(video.GetProperty("playback").GetProperty("storyboardUrl").GetString()!); // and a storyboard
        var sheet = track.Split('\n').First(line => line.Contains(".jpg", StringComparison.Ordinal)).Split('#')[0];
        var picture = await site.GetAsync($"/media/v/public/{id}/{sheet}");

        Assert.Equal("image/jpeg", poster.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("WEBVTT", track, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Equal(0xD8FF, BitConverter.ToUInt16(await picture.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task A_long_film_that_browsers_cannot_play_is_watchable_before_all_of_it_is_encoded()
    {
        Tools.NeedFfmpeg();
        var film = await SampleFilms.MakeAsync("long.avi", "-f lavfi -i testsrc2=size=640x480:rate=25 -f lavfi -i sine=440 -t 150 -c:v mpeg4 -q:v 8 -c:a mp3");
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(film);
        await FilmSite.EventuallyAsync(async () => await site.StateAsync(id) is "playable" or "ready", "playable");
        var state = await site.StateAsync(id);
        var master = await site.TextAsync(Playing.MasterOf(id));
        var first = master.Split('\n').First(line => line.EndsWith(".m3u8", StringComparison.Ordinal) && !line.StartsWith('#'));
        var playlist = await site.TextAsync($"/media/v/public/{id}/{first}");

        Assert.Equal("playable", state);
        Assert.Contains(".m4s", playlist, StringComparison.Ordinal);
        await site.UntilAsync(id, "ready");
        foreach (var whole in await Playing.DecodeAllAsync(site, id))
        {
            Assert.Equal(150 * 25, await Playing.CountFramesAsync(site, whole));
        }
    }
}
