using System.Net;
using System.Net.Http.Headers;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Videos;

/// <summary>A part that many ask for comes from memory, and is still the same answer.</summary>
public sealed class HotPartTests
{
    private const string Part = "/media/v/public/{id}/360p/0-abc/0.m4s";

    [Fact]
    public async Task Asking_again_gives_the_same_bytes_and_headers()
    {
        await using var site = await TestSite.StartAsync();
        var address = Part.Replace("{id}", await site.AddFilmAsync(new TestFilm()), StringComparison.Ordinal);
        using var first = await site.Http.GetAsync(address);
        using var second = await site.Http.GetAsync(address); // kept from here on

        using var third = await site.Http.GetAsync(address);

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), await third.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Headers(first), Headers(third));
    }

    [Fact]
    public async Task A_range_of_a_kept_part_is_still_a_range()
    {
        await using var site = await TestSite.StartAsync();
        var address = Part.Replace("{id}", await site.AddFilmAsync(new TestFilm()), StringComparison.Ordinal);
        await KeepAsync(site, address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(0, 0);

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(1, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_deleted_video_is_gone_from_memory_too()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm());
        var address = Part.Replace("{id}", film, StringComparison.Ordinal);
        await KeepAsync(site, address);

        await (await site.ClientAsync("creator")).Videos.DeleteAsync(film);

        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await site.Http.GetAsync(address);
                return answer.StatusCode == HttpStatusCode.NotFound;
            },
            "the part of a deleted video is not found");
    }

    private static async Task KeepAsync(TestSite site, string address)
    {
        for (var request = 0; request < 3; request++)
        {
            using var answer = await site.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static IEnumerable<string> Headers(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
}
