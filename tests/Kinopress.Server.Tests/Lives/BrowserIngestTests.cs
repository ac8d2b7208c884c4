using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Kinopress.Client;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Lives;

/// <summary>Lives that a page of the site sends.</summary>
public sealed class BrowserIngestTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(8);

    private static readonly TestSiteOptions WithoutEncoders = new() { Configure = options => options.RtmpUrls = "none" };

    [Fact]
    public async Task A_page_with_a_ticket_puts_its_live_on_air_and_its_goodbye_leaves_a_recording()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (creator, live) = await NewLiveAsync(site);
        using var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live));
        await page.HearAsync("ready");

        foreach (var message in TestSiteBroadcasts.BrowserMessages(Enough))
        {
            await page.SendAsync(message);
        }

        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "live", "the live is on air");
        var playlist = await Eventually.GetAsync(() => PlaylistAsync(site, live), "there is a segment to play");
        await page.EndAsync();
        var farewell = await page.HearAsync("end");

        Assert.Contains("#EXT-X-PART:", playlist, StringComparison.Ordinal);
        Assert.Equal("ended", farewell.GetProperty("reason").GetString());
        Assert.NotNull((await creator.Lives.GetAsync(live)).Replay);
    }

    [Fact]
    public async Task A_page_is_told_when_its_creator_ends_the_live_elsewhere()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (creator, live) = await NewLiveAsync(site);
        using var page = await OnAirAsync(site, creator, live);

        await creator.Lives.EndAsync(live, TestContext.Current.CancellationToken);

        Assert.Equal("ended", (await page.HearAsync("end")).GetProperty("reason").GetString());
        Assert.Equal("ended", (await creator.Lives.GetAsync(live)).State);
    }

    [Fact]
    public async Task A_page_is_told_when_another_sends_its_live()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (creator, live) = await NewLiveAsync(site);
        using var page = await OnAirAsync(site, creator, live);

        using var other = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live));
        await other.HearAsync("ready");

        Assert.Equal("takenOver", (await page.HearAsync("end")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_ticket_opens_the_door_once()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (_, live) = await NewLiveAsync(site);
        var ticket = await TicketAsync(site, live);

        using var first = await TestPage.OpenAsync(site.Address, ticket);
        await first.HearAsync("ready");
        using var second = await TestPage.OpenAsync(site.Address, ticket);

        Assert.Equal("refused", (await second.HearAsync("end")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_page_of_another_site_is_not_let_in()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => TestPage.OpenAsync(site.Address, "ticket", origin: "https://elsewhere.example.org"));

        Assert.Contains("400", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_frame_ends_the_connection_and_not_the_site()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (_, live) = await NewLiveAsync(site);
        using var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live));
        await page.HearAsync("ready");

        await page.SendAsync(new byte[] { 9, 9, 9 });

        Assert.Equal("refused", (await page.HearAsync("end")).GetProperty("reason").GetString());
        await Eventually.HoldsAsync(() => Task.FromResult(site.Services.GetRequiredService<Broadcasts>().Find(live) is null), "nothing is on air");
    }

    [Fact]
    public async Task Somebody_elses_live_gives_no_ticket()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (_, live) = await NewLiveAsync(site);
        var other = await site.HttpAsync(TestPeople.OtherCreator);

        using var answer = await other.PostAsync($"/rest/v1/lives/{live}/browser-ticket", content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Only_the_page_that_goes_live_may_ask_for_a_camera()
    {
        await using var site = await TestSite.StartAsync(WithoutEncoders);
        var (_, live) = await NewLiveAsync(site);
        var browser = await site.BrowserAsync("creator");

        using var page = await browser.GetAsync($"/studio/lives/{live}/broadcast");
        using var other = await browser.GetAsync("/studio/videos");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("camera=(self), microphone=(self)", page.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("camera=(), microphone=()", other.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static async Task<(KinopressClient Creator, string PublicId)> NewLiveAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        return (creator, (await creator.Lives.CreateAsync(new LiveEdit { Title = "From a page" })).PublicId);
    }

    private static async Task<TestPage> OnAirAsync(TestSite site, KinopressClient creator, string live)
    {
        var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live));
        await page.HearAsync("ready");
        foreach (var message in TestSiteBroadcasts.BrowserMessages(Enough))
        {
            await page.SendAsync(message);
        }

        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "live", "the live is on air");
        return page;
    }

    private static async Task<string> TicketAsync(TestSite site, string live)
    {
        var http = await site.HttpAsync("creator");
        using var answer = await http.PostAsync($"/rest/v1/lives/{live}/browser-ticket", content: null, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("ticket").GetString() ?? "";
    }

    private static async Task<string?> PlaylistAsync(TestSite site, string live)
    {
        using var answer = await site.Http.GetAsync($"/media/l/public/{live}/source/index.m3u8", TestContext.Current.CancellationToken);
        var text = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : "";
        return text.Contains("#EXTINF:", StringComparison.Ordinal) ? text : null;
    }
}
