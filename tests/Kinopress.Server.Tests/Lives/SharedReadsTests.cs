using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Server.Tests.Lives;

/// <summary>What many viewers ask at once is read once, and never too old.</summary>
public sealed class SharedReadsTests
{
    private readonly FakeTimeProvider _clock = TestSiteOptions.FakeClock();
    private readonly CacheEpoch _epoch = new();
    private readonly List<TaskCompletionSource<string?>> _reads = [];

    [Fact]
    public async Task Many_who_ask_at_once_share_one_reading()
    {
        var reads = Reads();

        var asked = Enumerable.Range(0, 50).Select(_ => reads.GetAsync("a", CancellationToken.None).AsTask()).ToList();
        _reads[0].SetResult("first");

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal("first", answer));
        Assert.Equal("first", await reads.GetAsync("a", CancellationToken.None));
        Assert.Single(_reads);
    }

    [Fact]
    public async Task Who_comes_after_a_change_gets_nothing_that_was_begun_before_it()
    {
        var reads = Reads();
        var early = reads.GetAsync("a", CancellationToken.None).AsTask();

        _epoch.Advance();
        var late = reads.GetAsync("a", CancellationToken.None).AsTask();
        _reads[1].SetResult("new");
        _reads[0].SetResult("old");

        Assert.Equal(("old", "new"), (await early, await late));
        Assert.Equal("new", await reads.GetAsync("a", CancellationToken.None));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_change_ends_what_was_kept_where_that_is_wanted(bool endsWithEpoch, int count)
    {
        var reads = Reads(endsWithEpoch);
        await AnswerAsync(reads, "one");

        _epoch.Advance();
        var again = reads.GetAsync("a", CancellationToken.None).AsTask();
        _reads[^1].TrySetResult("two");
        await again;

        Assert.Equal(count, _reads.Count);
    }

    [Fact]
    public async Task Time_a_name_and_a_failure_end_it_too()
    {
        var reads = Reads();
        await AnswerAsync(reads, "one");

        _clock.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync(reads, "two");
        reads.Drop("a");
        var failing = reads.GetAsync("a", CancellationToken.None).AsTask();
        _reads[^1].SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => failing);
        await AnswerAsync(reads, "three");

        Assert.Equal(4, _reads.Count);
    }

    [Fact]
    public async Task What_is_not_there_is_not_kept()
    {
        var reads = Reads();
        await AnswerAsync(reads, answer: null);

        await AnswerAsync(reads, "made meanwhile");

        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task Whoever_leaves_takes_nothing_from_the_others()
    {
        var reads = Reads();
        using var leaving = new CancellationTokenSource();
        var first = reads.GetAsync("a", leaving.Token).AsTask();
        var second = reads.GetAsync("a", CancellationToken.None).AsTask();

        await leaving.CancelAsync();
        _reads[0].SetResult("here");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("here", await second);
    }

    [Fact]
    public async Task Strangers_are_told_of_a_live_from_memory_for_a_second_and_people_of_the_site_are_not()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = TestSiteOptions.FakeClock() });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "Before" })).PublicId;
        var epoch = site.Services.GetRequiredService<CacheEpoch>();
        await Eventually.HoldsAsync(async () => epoch.Current > 0 && (await site.Stranger().Lives.GetAsync(live)).Title == "Before", "what happened so far is known");

        await site.UseAsync((KinopressDbContext db) => db.Lives.ExecuteUpdateAsync(lives => lives.SetProperty(one => one.Title, "After")));
        var (kept, own) = ((await site.Stranger().Lives.GetAsync(live)).Title, (await creator.Lives.GetAsync(live)).Title);
        site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("Before", "After"), (kept, own));
        Assert.Equal("After", (await site.Stranger().Lives.GetAsync(live)).Title);
    }

    private SharedReads<string?> Reads(bool endsWithEpoch = false) => new(
        _ =>
        {
            _reads.Add(new TaskCompletionSource<string?>());
            return _reads[^1].Task;
        },
        value => value is not null,
        new SharedReadOptions(10, TimeSpan.FromSeconds(1), endsWithEpoch),
        _epoch,
        _clock);

    private async Task AnswerAsync(SharedReads<string?> reads, string? answer)
    {
        var asked = reads.GetAsync("a", CancellationToken.None).AsTask();
        _reads[^1].SetResult(answer);
        await asked;
    }
}
