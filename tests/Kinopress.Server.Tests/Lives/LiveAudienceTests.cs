using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Accounts;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Lives;

/// <summary>The same answer wherever somebody asks for a live: page, embed and API.</summary>
public sealed class LiveAudienceTests
{
    [Theory]
    [InlineData("public", 200)]
    [InlineData("unlisted", 200)]
    [InlineData("private", 404)]
    public async Task Strangers_see_what_its_audience_may(string visibility, int status)
    {
        await using var site = await TestSite.StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A", Visibility = visibility });

        foreach (var face in (string[])["/watch/", "/embed/", "/rest/v1/lives/"])
        {
            using var answer = await site.Http.GetAsync(face + live.PublicId);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Internal_asks_strangers_to_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var live = await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "A", Visibility = "internal" });

        using var page = await site.Http.GetAsync($"/watch/{live.PublicId}");

        Assert.Equal($"/login?returnUrl=%2Fwatch%2F{live.PublicId}", page.Headers.Location?.OriginalString);
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Lives.GetAsync(live.PublicId));
        Assert.Equal("A", (await (await site.ClientAsync("viewer")).Lives.GetAsync(live.PublicId)).Title);
    }

    [Fact]
    public async Task A_private_one_is_for_its_creator_with_an_address_of_his_own()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator", Scope.LiveManage);
        var live = await creator.Lives.CreateAsync(new LiveEdit { Title = "A", Visibility = "private" });
        var browser = await site.BrowserAsync("creator");

        using var page = await browser.GetAsync($"/watch/{live.PublicId}");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("/public/", live.Playback.HlsUrl, StringComparison.Ordinal);
        await Refusals.IsRefusedAsync("live.not_found", async () => await (await site.ClientAsync("viewer")).Lives.GetAsync(live.PublicId));
        await Refusals.IsRefusedAsync("live.not_found", async () => await (await site.ClientAsync("creator", Scope.AccountManage)).Lives.GetAsync(live.PublicId));
        Assert.Equal("A", (await (await site.ClientAsync("creator", Scope.VideosRead)).Lives.GetAsync(live.PublicId)).Title);
    }

    [Fact]
    public async Task A_wait_a_broadcast_and_its_recording_share_one_page()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening", ScheduledAt = clock.GetUtcNow().AddMinutes(10).ToString("O") })).PublicId;
        var browser = await site.BrowserAsync("viewer");

        var waiting = await browser.OpenAsync($"/watch/{live}");
        clock.Advance(TimeSpan.FromMinutes(10));
        var session = await site.StartLiveAsync(live);
        var onAir = await browser.OpenAsync($"/watch/{live}");
        var home = await browser.OpenAsync("/");
        var channel = await browser.OpenAsync("/@creator");
        var ended = await site.EndLiveAsync(session.Id, await site.RecordAsync(session));
        var over = await browser.OpenAsync($"/watch/{live}");

        Assert.NotNull(waiting.QuerySelector("time[data-countdown]"));
        Assert.False(Assert.Single(waiting.QuerySelectorAll("kinopress-player[standby][inert]:empty")).HasAttribute("src"));
        Assert.False(waiting.QuerySelector("[data-live-card]")?.HasAttribute("hidden"));
        Assert.True(onAir.QuerySelector("[data-live-card]")?.HasAttribute("hidden"));
        Assert.Equal($"/media/l/public/{live}/master.m3u8", onAir.QuerySelector("kinopress-player")?.GetAttribute("src"));
        Assert.NotNull(home.QuerySelector($".badge--live"));
        Assert.NotNull(channel.QuerySelector($"a[href='/watch/{live}']"));
        Assert.NotNull(over.QuerySelector($".stage a[href='/watch/{ended.ReplayPublicId}']"));
        Assert.Null((await browser.OpenAsync("/")).QuerySelector(".badge--live"));
    }
}
