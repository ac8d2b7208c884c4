using System.Buffers;
using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Data.Sqlite;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using LiveEndReason = Kinopress.Core.Features.Lives.LiveEndReason;

namespace Kinopress.Server.Tests.Lives;

/// <summary>A live whose encoder falls silent, and what its viewers get meanwhile.</summary>
public sealed class InterruptedLiveTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider _clock = TestSiteOptions.FakeClock();

    [Fact]
    public async Task A_connection_that_falls_silent_is_away_after_four_seconds()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, Enough);
        var before = Broadcast(site, live).Source.Playlist?.LastMediaSequence;

        _clock.Advance(TimeSpan.FromSeconds(3));
        var early = (await creator.Lives.GetAsync(live)).State;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "interrupted", "the silence is noticed");
        _clock.Advance(TimeSpan.FromSeconds(4));
        await Eventually.HoldsAsync(() => Task.FromResult(Broadcast(site, live).Source.Playlist?.LastMediaSequence > before + 1), "something is shown meanwhile");

        Assert.Equal("live", early);
        Assert.False(feed.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task The_next_pictures_of_the_same_connection_take_the_live_up_again()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, Enough);
        _clock.Advance(TimeSpan.FromSeconds(6));
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "interrupted", "the silence is noticed");
        var init = LastInit(site, live);

        await SendAsync(feed, from: 14_000);

        Assert.Equal("live", (await creator.Lives.GetAsync(live)).State);
        Assert.Equal(init + 1, LastInit(site, live));
    }

    [Fact]
    public async Task A_connection_that_stays_silent_ends_the_live_after_the_grace()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, Enough);

        _clock.Advance(EndingAfter);

        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).State == "ended", "the live is over");
        Assert.True(feed.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task A_jump_of_the_encoders_clock_begins_a_stretch_with_a_time_of_its_own()
    {
        await using var site = await StartAsync();
        var (_, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, Enough);
        _clock.Advance(TimeSpan.FromSeconds(3.5)); // it dropped that much, and its clock went on
        var now = _clock.GetUtcNow();

        await SendAsync(feed, from: 14_000);
        await SendAsync(feed, from: 16_000);

        var playlist = System.Text.Encoding.UTF8.GetString(Broadcast(site, live).Source.Playlist?.Full.ToArray() ?? []);
        Assert.Contains("#EXT-X-DISCONTINUITY\n", playlist, StringComparison.Ordinal);
        Assert.Contains(now.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture), playlist, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_its_live_goes_on_air_leaves_somebody_to_run_it()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, TimeSpan.Zero);
        using var broken = new CancellationTokenSource();

        await site.UseAsync(async (KinopressDbContext db) =>
        {
            var gate = await (site.Services.GetService<SqliteWriterGate>() ?? site.Own(new SqliteWriterGate())).EnterAsync(TestContext.Current.CancellationToken);
            await using var busy = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await db.Lives.ExecuteUpdateAsync(set => set.SetProperty(row => row.Title, "Evening"), TestContext.Current.CancellationToken);
            var sending = TestSiteBroadcasts.Tags.Select(tag => feed.WriteAsync(tag.Type, tag.Timestamp, tag.Body, broken.Token).AsTask()).First(writing => !writing.IsCompleted);
            await broken.CancelAsync();
            await busy.RollbackAsync(TestContext.Current.CancellationToken);
            gate.Dispose();
            await sending;
            return true;
        });

        Assert.Equal("live", (await creator.Lives.GetAsync(live)).State);
        Assert.NotNull(Broadcast(site, live).SessionId);
    }

    [Fact]
    public async Task A_database_in_trouble_does_not_keep_a_live_on_air_for_ever()
    {
        await using var site = await StartAsync();
        var (_, live) = await NewLiveAsync(site);
        await site.BroadcastAsync(live, Enough);
        var broadcast = Broadcast(site, live);
        await RunAsync(site, "ALTER TABLE live_sessions RENAME TO live_sessions_away");

        _clock.Advance(TimeSpan.FromSeconds(6));
        await Eventually.HoldsAsync(() => Advanced(() => broadcast.Source.FindInit(2) is not null), "something is shown meanwhile");
        await Eventually.HoldsAsync(() => Advanced(() => broadcast.HasEnded), "the live is over");
        await broadcast.EndAsync(LiveEndReason.SiteStopped).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await RunAsync(site, "ALTER TABLE live_sessions_away RENAME TO live_sessions");
    }

    [Fact]
    public async Task An_ending_that_goes_wrong_keeps_what_was_recorded_and_nobody_waiting()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var feed = await site.BroadcastAsync(live, Enough);
        feed.Dispose(); // so that it cannot be told

        await Broadcast(site, live).EndAsync(LiveEndReason.SiteStopped).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.NotNull((await creator.Lives.GetAsync(live)).Replay);
    }

    [Fact]
    public async Task A_live_that_is_on_air_again_keeps_its_figures_when_the_session_before_is_forgotten()
    {
        await using var site = await StartAsync();
        var (creator, live) = await NewLiveAsync(site);
        var first = await site.BroadcastAsync(live, Enough);
        var before = Broadcast(site, live);
        await first.LeaveAsync(FeedEnding.Finished);
        var second = await site.BroadcastAsync(live, Enough);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(live)).Health is not null, "the stream was measured");

        _clock.Advance(TimeSpan.FromSeconds(30));
        await SendAsync(second, from: 40_000);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(() => Task.FromResult(before.Source.FindSegment(1) is null), "the session before is forgotten");

        Assert.NotNull((await creator.Lives.GetAsync(live)).Health);
    }

    private static TimeSpan EndingAfter => Core.Features.Lives.OnAir.Broadcast.Grace + TimeSpan.FromSeconds(2);

    private Task<TestSite> StartAsync() => TestSite.StartAsync(new TestSiteOptions { Clock = _clock });

    private static async Task<(KinopressClient Creator, string PublicId)> NewLiveAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        return (creator, (await creator.Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId);
    }

    private static Broadcast Broadcast(TestSite site, string live) =>
        site.Services.GetRequiredService<Broadcasts>().Find(live) ?? throw new InvalidOperationException("The live is not on air.");

    private static int LastInit(TestSite site, string live) => Enumerable.Range(1, 100).TakeWhile(number => Broadcast(site, live).Source.FindInit(number) is not null).LastOrDefault();

    private Task<bool> Advanced(Func<bool> holds)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(holds());
    }

    private static Task<int> RunAsync(TestSite site, string sql) => site.UseAsync((KinopressDbContext db) => db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken));

    private static async Task SendAsync(BroadcastFeed feed, long from)
    {
        foreach (var (type, timestamp, body) in TestSiteBroadcasts.Tags.Where(tag => tag.Body[1] == 1 || tag.Type == FlvTagType.Audio))
        {
            await feed.WriteAsync(type, from + timestamp, body, CancellationToken.None);
        }
    }
}
