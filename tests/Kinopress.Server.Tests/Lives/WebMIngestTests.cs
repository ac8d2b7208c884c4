using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kinopress.Client;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Lives;

/// <summary>Lives that a page records and the server encodes.</summary>
public sealed class WebMIngestTests
{
    private static readonly byte[] Piece = new byte[1000]; // whoever encodes is scripted and looks at none

    [Fact]
    public async Task What_a_page_records_is_encoded_and_its_goodbye_leaves_a_recording()
    {
        await using var site = await StartAsync(new ScriptedEncoder());
        var (creator, live) = await NewLiveAsync(site);
        using var page = await OnAirAsync(site, creator, live);

        await page.EndAsync();
        var farewell = await page.HearAsync("end");

        Assert.Equal("ended", farewell.GetProperty("reason").GetString());
        Assert.NotNull((await creator.Lives.GetAsync(live)).Replay);
    }

    [Fact]
    public async Task Nothing_in_a_recording_can_open_a_file_or_a_connection()
    {
        await using var site = await StartAsync(new ScriptedEncoder());
        var (creator, live) = await NewLiveAsync(site);

        using var page = await OnAirAsync(site, creator, live);

        var arguments = string.Join(' ', site.Processes.Encodings.Single(request => request.ReadOutput is not null).Arguments);
        Assert.Matches("-protocol_whitelist pipe .*-format_whitelist matroska,webm .*-f matroska -i pipe:0 ", arguments);
        Assert.EndsWith("-f flv pipe:1", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_encode_gives_no_ticket_for_it()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = new FakeProcesses { AreMissing = true } });
        var (_, live) = await NewLiveAsync(site);

        using var refused = await AskAsync(site, live, "webm");
        using var allowed = await AskAsync(site, live, "frames");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("urn:kinopress:problem:live.no_encoder", (await BodyAsync(refused)).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task An_unknown_format_gives_no_ticket()
    {
        await using var site = await StartAsync(new ScriptedEncoder());
        var (_, live) = await NewLiveAsync(site);

        using var answer = await AskAsync(site, live, "mp4");

        Assert.Equal("urn:kinopress:problem:live.format_unknown", (await BodyAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_server_whose_processors_all_encode_lets_no_other_page_take_its_live_over()
    {
        await using var site = await StartAsync(new ScriptedEncoder());
        var (creator, live) = await NewLiveAsync(site);
        var ticket = await TicketAsync(site, live);
        var capacity = site.Services.GetRequiredService<LadderCapacity>();
        using var all = capacity.TryReserveForSource(capacity.Processors);

        using var page = await TestPage.OpenAsync(site.Address, ticket, "webm");
        var farewell = await page.HearAsync("end");
        using var refused = await AskAsync(site, live, "webm");

        Assert.Equal("interrupted", farewell.GetProperty("reason").GetString());
        Assert.Equal("live.encoders_busy", farewell.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotEqual("live", (await creator.Lives.GetAsync(live)).State);
    }

    [Fact]
    public async Task An_encoder_that_fails_interrupts_the_live_and_the_page_may_come_again()
    {
        var encoder = new ScriptedEncoder();
        await using var site = await StartAsync(encoder);
        var (creator, live) = await NewLiveAsync(site);
        using var page = await OnAirAsync(site, creator, live);

        encoder.Fail();
        var farewell = await page.SendUntilEndAsync(Piece);
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "interrupted", "the live is interrupted");
        using var again = await OnAirAsync(site, creator, live);

        Assert.Equal("interrupted", farewell.GetProperty("reason").GetString());
        Assert.Equal("live.encoder_failed", farewell.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_encoder_that_outlives_its_page_is_killed_and_the_live_waits()
    {
        var encoder = new ScriptedEncoder { Hangs = true };
        await using var site = await StartAsync(encoder);
        var (creator, live) = await NewLiveAsync(site);
        using var page = await OnAirAsync(site, creator, live);

        await page.CloseAsync();
        await encoder.Killed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "interrupted", "the live is interrupted");
    }

    [Fact]
    public async Task An_encoder_that_takes_much_and_puts_nothing_out_is_killed()
    {
        var encoder = new ScriptedEncoder { Film = TimeSpan.Zero, Hangs = true };
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock(), Processes = new FakeProcesses { Encode = encoder.RunAsync } });
        var (_, live) = await NewLiveAsync(site);
        using var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live), "webm");
        await page.HearAsync("ready");

        var farewell = await page.SendUntilEndAsync(Piece, () => site.Clock.Advance(TimeSpan.FromMilliseconds(200)));

        Assert.Equal("live.encoder_failed", farewell.GetProperty("code").GetString());
        await encoder.Killed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pictures_that_come_faster_than_time_passes_are_refused()
    {
        await using var site = await StartAsync(new ScriptedEncoder { Film = TimeSpan.FromMinutes(1) });
        var (_, live) = await NewLiveAsync(site);
        using var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live), "webm");
        await page.HearAsync("ready");

        var farewell = await page.SendUntilEndAsync(Piece);

        Assert.Equal("refused", farewell.GetProperty("reason").GetString());
        Assert.Equal("live.sent_too_fast", farewell.GetProperty("code").GetString());
    }

    [Fact]
    public async Task More_bytes_than_a_live_needs_are_refused()
    {
        await using var site = await StartAsync(new ScriptedEncoder());
        var (_, live) = await NewLiveAsync(site);
        using var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live), "webm");
        await page.HearAsync("ready");

        var farewell = await page.SendUntilEndAsync(new byte[1024 * 1024]);

        Assert.Equal("live.sent_too_fast", farewell.GetProperty("code").GetString());
    }

    private static Task<TestSite> StartAsync(ScriptedEncoder encoder) => TestSite.StartAsync(new TestSiteOptions { Processes = new FakeProcesses { Encode = encoder.RunAsync } });

    private static async Task<(KinopressClient Creator, string PublicId)> NewLiveAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        return (creator, (await creator.Lives.CreateAsync(new LiveEdit { Title = "From a page" })).PublicId);
    }

    private static async Task<TestPage> OnAirAsync(TestSite site, KinopressClient creator, string live)
    {
        var page = await TestPage.OpenAsync(site.Address, await TicketAsync(site, live), "webm");
        await page.HearAsync("ready");
        await page.SendAsync(Piece);
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "live", "the live is on air");
        return page;
    }

    private static async Task<string> TicketAsync(TestSite site, string live)
    {
        using var answer = await AskAsync(site, live, "webm");
        return (await BodyAsync(answer)).GetProperty("ticket").GetString() ?? "";
    }

    private static async Task<HttpResponseMessage> AskAsync(TestSite site, string live, string format)
    {
        var http = await site.HttpAsync("creator");
        return await http.PostAsync($"/rest/v1/lives/{live}/browser-ticket?format={format}", content: null, TestContext.Current.CancellationToken);
    }

    private static Task<JsonElement> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
