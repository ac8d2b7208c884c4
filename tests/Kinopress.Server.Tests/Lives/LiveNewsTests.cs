using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using LiveEdit = Kinopress.Client.LiveEdit;

namespace Kinopress.Server.Tests.Lives;

/// <summary>A waiting room hears of its live's start at once.</summary>
public sealed class LiveNewsTests
{
    [Fact]
    public async Task Who_waits_is_answered_when_the_live_starts()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() }); // time does not pass
        var live = await NewLiveAsync(site);

        var waiting = site.Stranger().Lives.WaitAsync(live, "idle");
        await site.StartLiveAsync(live);

        Assert.Equal("live", (await waiting).State);
    }

    [Fact]
    public async Task Who_is_late_is_answered_at_once()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var live = await NewLiveAsync(site);
        await site.StartLiveAsync(live);

        Assert.Equal("live", (await site.Stranger().Lives.WaitAsync(live, "waiting")).State);
        await Refusals.IsRefusedAsync("request.invalid", () => site.Stranger().Lives.WaitAsync(live, "no such state"));
        await Refusals.IsRefusedAsync("live.not_found", () => site.Stranger().Lives.WaitAsync("nonsense123", "idle"));
    }

    [Fact]
    public async Task Nothing_new_is_said_after_a_while()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await NewLiveAsync(site);

        var waiting = site.Stranger().Lives.WaitAsync(live, "idle");
        await Eventually.HoldsAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(waiting.IsCompleted);
        }, "an answer");

        Assert.Equal("idle", (await waiting).State);
    }

    [Fact]
    public async Task A_live_made_private_is_not_shown_to_who_waited()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var live = await NewLiveAsync(site);

        var waiting = Refusals.RefusedAsync(() => site.Stranger().Lives.WaitAsync(live, "idle"));
        await (await site.ClientAsync("creator")).Lives.EditAsync(live, new LiveEdit { Visibility = "private" });
        await site.StartLiveAsync(live);

        Assert.Contains((await waiting).Code, (string[])["live.not_found", "account.sign_in_required"]);
    }

    [Fact]
    public async Task Where_too_many_of_a_network_wait_nobody_else_does()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var live = await NewLiveAsync(site);
        var news = site.Services.GetRequiredService<LiveNews>();
        using var stop = new CancellationTokenSource();
        var many = Enumerable.Range(0, LiveNews.MaxWaitingOfNetwork).Select(_ => news.WaitAsync(live, LiveState.Idle, IPAddress.Loopback, stop.Token)).ToList();

        await news.WaitAsync(live, LiveState.Idle, IPAddress.Loopback, TestContext.Current.CancellationToken);
        var elsewhere = news.WaitAsync(live, LiveState.Idle, IPAddress.Parse("192.0.2.1"), stop.Token);
        Assert.DoesNotContain(many, one => one.IsCompleted);
        Assert.False(elsewhere.IsCompleted);
        await stop.CancelAsync();
        await Task.WhenAll(many.Append(elsewhere).Select(one => one.ContinueWith(_ => true, TaskScheduler.Default)));
        using var again = new CancellationTokenSource();
        var after = news.WaitAsync(live, LiveState.Idle, IPAddress.Loopback, again.Token);

        Assert.False(after.IsCompleted);
        await again.CancelAsync();
    }

    [Fact]
    public async Task Whoever_waits_does_not_hold_up_the_end_of_the_site()
    {
        Task<Client.Live> waiting;
        await using (var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() }))
        {
            var live = await NewLiveAsync(site);
            waiting = site.Stranger().Lives.WaitAsync(live, "idle");
            var lifetime = site.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.StopApplication();

            Assert.Equal("idle", (await waiting).State);
        }
    }

    private static async Task<string> NewLiveAsync(TestSite site) => (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
}
