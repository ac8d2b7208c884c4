using System.Net;
using Kinopress.Client;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Server.Tests.Lives;

/// <summary>An encoder that connects again by itself, right after its creator ended the live.</summary>
public sealed class EndedLiveTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _clock = TestSiteOptions.FakeClock();

    [Fact]
    public async Task It_is_refused_for_twenty_seconds()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = _clock });
        var live = await EndedAsync(site);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => site.BroadcastAsync(live, Enough));
        _clock.Advance(TimeSpan.FromSeconds(20));
        await site.BroadcastAsync(live, Enough);

        Assert.Equal("live.ended_just_now", refused.Message);
        Assert.Equal("live", (await site.Stranger().Lives.GetAsync(live)).State);
    }

    [Fact]
    public async Task Who_waits_for_its_first_part_is_answered_when_there_will_be_none()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = _clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var feed = await site.BroadcastAsync(live, TimeSpan.Zero);
        var broadcast = site.Services.GetRequiredService<Broadcasts>().Find(live) ?? throw new InvalidOperationException("It is not on air.");
        foreach (var (type, timestamp, body) in TestSiteBroadcasts.Tags.TakeWhile(_ => broadcast.SessionName is null))
        {
            await feed.WriteAsync(type, timestamp, body, TestContext.Current.CancellationToken);
        }

        Assert.Null(broadcast.Source.Playlist);
        var waiting = site.Http.GetAsync($"/media/l/public/{live}/master.m3u8", TestContext.Current.CancellationToken); // time does not pass by itself
        await broadcast.EndAsync(Kinopress.Core.Features.Lives.LiveEndReason.EncoderStopped);

        using var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken); // else for ever, by that clock
        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotFound]);
    }

    private async Task<string> EndedAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        await site.BroadcastAsync(live, Enough);
        var broadcast = site.Services.GetRequiredService<Broadcasts>().Find(live);
        await creator.Lives.EndAsync(live);
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100)); // events are looked for by the clock as well
                return Task.FromResult(broadcast?.HasEnded == true);
            },
            "the live is off the air");
        return live;
    }
}
