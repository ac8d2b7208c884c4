using System.Net;
using Kinopress.Server.RealTests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.RealTests;

/// <summary>Another program that holds the database makes the site say "busy", not break.</summary>
public sealed class LockedDatabaseTests
{
    [Fact]
    public async Task A_locked_database_is_answered_with_busy_and_the_site_recovers()
    {
        await using var site = await FilmSite.StartAsync();
        using var first = await site.GetAsync("/rest/v1/site"); // the first use of a token is written down
        await using (var other = await site.OpenDatabaseAsync())
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            using var busy = await site.OpenAsync(1000, "film.mp4").WaitAsync(TimeSpan.FromSeconds(30));
            using var read = await site.GetAsync("/rest/v1/site");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
            Assert.Equal("site.busy", await FilmSite.CodeOf(busy));
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        await FilmSite.EventuallyAsync(
            async () =>
            {
                using var answer = await site.OpenAsync(1000, "film.mp4");
                return answer.StatusCode == HttpStatusCode.Created;
            },
            "an upload opened",
            seconds: 20);
    }

    [Fact]
    public async Task A_database_locked_during_an_encode_neither_stops_the_site_nor_the_film()
    {
        Tools.NeedFfmpeg();
        Tools.NeedLinux();
        await using var site = await FilmSite.StartAsync();

        var id = await site.UploadAsync(await SampleFilms.LongerAsync());
        await FilmSite.EventuallyAsync(() => Tools.Encoders(site.Data).Count > 0, "an encoder at work", seconds: 30);
        await using (var other = await site.OpenDatabaseAsync())
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            using var busy = await site.OpenAsync(1000, "film.mp4").WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        }

        await site.UntilAsync(id, "ready");
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/healthz")).StatusCode);
    }
}
