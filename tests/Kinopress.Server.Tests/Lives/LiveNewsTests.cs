using Kinopress.Client;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

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
        Assert.Equal("live", (await (await site.ClientAsync("creator")).Lives.WaitAsync(live, "no such state")).State);
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
    public async Task Where_too_many_wait_nobody_else_does()
    {
        var news = new LiveNews(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var many = Enumerable.Range(0, LiveNews.MaxWaiting).Select(_ => news.WaitAsync(() => Task.FromResult(1), _ => false, stop.Token)).ToList();

        Assert.Equal(2, await news.WaitAsync(() => Task.FromResult(2), _ => false, TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await Task.WhenAll(many.Select(one => one.ContinueWith(_ => true, TaskScheduler.Default)));
        var after = news.WaitAsync(() => Task.FromResult(3), _ => false, TestContext.Current.CancellationToken);

        Assert.False(after.IsCompleted);
    }

    private static async Task<string> NewLiveAsync(TestSite site) => (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
}
