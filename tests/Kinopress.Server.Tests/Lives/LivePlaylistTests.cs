using System.Globalization;
using System.IO.Compression;
using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Lives;

/// <summary>Playlists, parts and segments of lives, as players ask for them.</summary>
public sealed class LivePlaylistTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_part_that_does_not_come_in_time_is_refused_and_kept_by_nobody()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var (live, feed) = await OnAirAsync(site, Enough);
        var (_, _, sound) = TestSiteBroadcasts.Tags.Last(tag => tag.Type == FlvTagType.Audio);

        var asked = AskAsync(site, live, $"_HLS_msn={Last(site, live) + 2}");
        await Eventually.HoldsAsync(
            async () =>
            {
                // The encoder is there, so nothing stands in for it; its time stands still.
                await feed.WriteAsync(FlvTagType.Audio, (long)Enough.TotalMilliseconds, sound, TestContext.Current.CancellationToken);
                site.Clock.Advance(TimeSpan.FromSeconds(1));
                return asked.IsCompleted;
            },
            "the site gives up");
        using var answer = await asked;
        using var plain = await AskAsync(site, live, "");

        await Refusals.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "live.late");
        Assert.Equal(("no-store", "1"), (CachingOf(answer), answer.Headers.RetryAfter?.ToString()));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal((HttpStatusCode.OK, "public, no-cache"), (plain.StatusCode, CachingOf(plain)));
    }

    [Fact]
    public async Task A_part_that_comes_is_answered_with_at_once_and_may_be_kept()
    {
        await using var site = await TestSite.StartAsync();
        var (live, feed) = await OnAirAsync(site, Enough);
        var next = Last(site, live) + 1;

        var asked = AskAsync(site, live, string.Create(CultureInfo.InvariantCulture, $"_HLS_msn={next}"));
        await SendMoreAsync(feed, Enough);
        using var answer = await asked;

        Assert.Equal((HttpStatusCode.OK, "public, max-age=24"), (answer.StatusCode, CachingOf(answer)));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"/{next}.m4s"), await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_too_far_ahead_is_a_bad_request()
    {
        await using var site = await TestSite.StartAsync();
        var (live, _) = await OnAirAsync(site, Enough);

        using var answer = await AskAsync(site, live, "_HLS_msn=9999");

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "live.reload_invalid");
    }

    [Fact]
    public async Task A_long_playlist_goes_out_in_gzip_to_whoever_takes_it()
    {
        await using var site = await TestSite.StartAsync();
        var (live, _) = await OnAirAsync(site, TimeSpan.FromMinutes(3));

        using var plain = await AskAsync(site, live, "");
        using var refused = await AskAsync(site, live, "", "gzip;q=0, br");
        using var packed = await AskAsync(site, live, "", "br, GZIP;q=0.5");
        using var delta = await AskAsync(site, live, "_HLS_skip=YES", "gzip");
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

        Assert.Equal(await TextAsync(plain), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.True(packed.Content.Headers.ContentLength < plain.Content.Headers.ContentLength / 4);
        Assert.Empty(plain.Content.Headers.ContentEncoding.Concat(refused.Content.Headers.ContentEncoding).Concat(delta.Content.Headers.ContentEncoding));
        Assert.Contains("#EXT-X-SKIP", await TextAsync(delta), StringComparison.Ordinal);
        Assert.All([plain, packed, delta], answer => Assert.Equal(["Accept-Encoding"], answer.Headers.Vary));
    }

    [Fact]
    public async Task A_segment_is_the_same_as_its_parts()
    {
        await using var site = await TestSite.StartAsync();
        var (live, _) = await OnAirAsync(site, Enough);
        using var playlist = await AskAsync(site, live, "");
        var parts = (await TextAsync(playlist)).Split('"').Where(text => text.EndsWith(".m4s", StringComparison.Ordinal) && text.Contains($"/{Last(site, live)}.", StringComparison.Ordinal)).ToList();
        List<byte> together = [];

        foreach (var part in parts)
        {
            together.AddRange(await site.Http.GetByteArrayAsync($"/media/l/public/{live}/source/{part}", TestContext.Current.CancellationToken));
        }

        var whole = parts[0][..parts[0].LastIndexOf('.', parts[0].Length - 5)] + ".m4s";
        using var segment = await site.Http.GetAsync($"/media/l/public/{live}/source/{whole}", TestContext.Current.CancellationToken);

        Assert.True(parts.Count > 1);
        var sent = await segment.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(together, sent);
        Assert.Equal("public, max-age=31536000, immutable", CachingOf(segment));
    }

    private static async Task<(string Live, BroadcastFeed Feed)> OnAirAsync(TestSite site, TimeSpan length)
    {
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show", Record = false })).PublicId;
        var feed = await site.BroadcastAsync(live, length);
        await Eventually.HoldsAsync(() => Task.FromResult(Last(site, live) >= (long)length.TotalSeconds / 3), "there is something to play");
        return (live, feed);
    }

    private static async Task SendMoreAsync(BroadcastFeed feed, TimeSpan after)
    {
        foreach (var (type, timestamp, body) in TestSiteBroadcasts.Tags.Where(tag => tag.Body[1] == 1))
        {
            await feed.WriteAsync(type, (long)after.TotalMilliseconds + 2000 + timestamp, body, TestContext.Current.CancellationToken);
        }
    }

    private static long Last(TestSite site, string live) => site.Services.GetRequiredService<Broadcasts>().Find(live)?.Source.Playlist?.LastMediaSequence ?? 0;

    private static Task<HttpResponseMessage> AskAsync(TestSite site, string live, string query, string? encodings = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/media/l/public/{live}/source/index.m3u8?{query}");
        if (encodings is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        }

        return site.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static string? CachingOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Cache-Control", out var values) ? string.Join(", ", values) : null;
}
