using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Events;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Server.Tests.Jobs;

/// <summary>The work on a video, run step by step on a fake clock.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task A_new_video_queues_one_look_at_its_file()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PumpAsync();
        await bench.PumpAsync();

        Assert.Equal("prepare-video", Assert.Single(await bench.Site.JobsAsync()).Kind);
    }

    [Fact]
    public async Task Looking_at_the_file_plans_the_rest_of_the_work()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PrepareAsync();

        var video = await bench.Client.Videos.GetAsync(bench.Film);
        Assert.Equal(("processing", 6000L), (video.State, video.DurationMs));
        var kinds = (await bench.Site.JobsAsync()).Select(job => job.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(["encode-renditions", "make-poster", "make-storyboard", "prepare-video"], kinds);
        Assert.Contains("video.media_changed", await bench.Site.EventsAsync());
    }

    [Fact]
    public async Task A_look_repeated_after_a_lost_lease_plans_nothing_twice()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PrepareAsync();
        var before = (await bench.Site.JobsAsync()).Count;
        await bench.UpdateAsync("prepare-video", JobState.Running, leaseUntil: bench.Clock.GetUtcNow().AddSeconds(-1));

        await bench.DrainAsync();

        Assert.Equal(before, (await bench.Site.JobsAsync()).Count);
        Assert.Equal(JobState.Done, Assert.Single(await bench.Site.JobsAsync("prepare-video")).State);
    }

    [Fact]
    public async Task A_job_under_lease_is_left_alone_until_the_lease_runs_out()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PumpAsync();
        await bench.UpdateAsync("prepare-video", JobState.Running, leaseUntil: bench.Clock.GetUtcNow().AddSeconds(30));

        var early = await bench.RunAsync(JobLane.Quick);
        bench.Clock.Advance(TimeSpan.FromSeconds(31));
        var late = await bench.RunAsync(JobLane.Quick);

        Assert.False(early);
        Assert.True(late);
    }

    [Fact]
    public async Task What_this_node_left_running_is_taken_back_at_start()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PumpAsync();
        await bench.UpdateAsync("prepare-video", JobState.Running, leaseUntil: bench.Clock.GetUtcNow().AddHours(1), bench.Get<NodeIdentity>().Name);

        await bench.Get<JobRunner>().ReclaimAsync(CancellationToken.None);

        Assert.Equal(JobState.Queued, Assert.Single(await bench.Site.JobsAsync("prepare-video")).State);
    }

    [Fact]
    public async Task A_failing_encoder_is_tried_three_times_with_longer_and_longer_pauses()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PrepareAsync();
        List<double> pauses = [];
        Core.Jobs.Job poster;
        while (true)
        {
            await bench.DrainAsync();
            poster = Assert.Single(await bench.Site.JobsAsync("make-poster"));
            if (poster.State != JobState.Queued)
            {
                break;
            }

            pauses.Add(Math.Round((poster.RunAt - bench.Clock.GetUtcNow()).TotalSeconds, 3)); // moments are kept to the microsecond
            bench.Clock.Advance(TimeSpan.FromSeconds(pauses[^1] + 0.001));
        }

        Assert.Equal((JobState.Dead, 3), (poster.State, poster.Attempts));
        Assert.Collection(pauses, first => Assert.InRange(first, 2, 2.5), second => Assert.InRange(second, 8, 10));
    }

    [Fact]
    public async Task A_dead_encoder_says_why_on_the_video()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PrepareAsync();

        await bench.DrainUntilDeadAsync();

        var video = await bench.Client.Videos.GetAsync(bench.Film);
        Assert.Equal(("failed", "media.encoder_failed"), (video.State, video.Problem?.Code));
        Assert.DoesNotContain("scripted", video.Problem?.Message ?? "", StringComparison.Ordinal);
        Assert.Contains(await bench.Client.Jobs.ListAsync(bench.Film), job => job is { State: "failed", Problem.Code: "media.encoder_failed" });
    }

    [Fact]
    public async Task A_retry_gives_everything_that_failed_another_try()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PrepareAsync();
        await Refusals.IsRefusedAsync("job.not_retryable", () => bench.Client.Jobs.RetryAllAsync(bench.Film));
        await bench.DrainUntilDeadAsync();

        await bench.Client.Jobs.RetryAllAsync(bench.Film);

        Assert.Equal("processing", (await bench.Client.Videos.GetAsync(bench.Film)).State);
        Assert.All(await bench.Client.Jobs.ListAsync(bench.Film), job => Assert.Contains(job.State, (string[])["queued", "done"]));
    }

    [Fact]
    public async Task A_cancelled_task_does_not_run_until_it_is_tried_again()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PumpAsync();
        var job = Assert.Single(await bench.Client.Jobs.ListAsync(bench.Film));

        await bench.Client.Jobs.CancelAsync(bench.Film, job.Id);
        Assert.False(await bench.RunAsync(JobLane.Quick));
        await Refusals.IsRefusedAsync("job.not_cancelable", () => bench.Client.Jobs.CancelAsync(bench.Film, job.Id));
        await bench.Client.Jobs.RetryAsync(bench.Film, job.Id);
        Assert.True(await bench.RunAsync(JobLane.Quick));

        await Refusals.IsRefusedAsync("job.not_retryable", () => bench.Client.Jobs.RetryAsync(bench.Film, job.Id));
        await Refusals.IsRefusedAsync("job.not_found", () => bench.Client.Jobs.CancelAsync(bench.Film, Guid.Empty));
    }

    [Fact]
    public async Task Cancelling_stops_a_running_encoder()
    {
        var processes = new FakeProcesses();
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        processes.Encode = async (_, cancelled) =>
        {
            started.TrySetResult();
            using var registration = cancelled.Register(() => stopped.TrySetResult());
            await stopped.Task;
            throw new OperationCanceledException(cancelled);
        };
        await using var bench = await Bench.StartAsync(processes);
        await bench.PrepareAsync();
        var running = bench.RunAsync(JobLane.Quick);
        await started.Task;
        var job = (await bench.Client.Jobs.ListAsync(bench.Film)).Single(candidate => candidate.State == "running");

        await bench.Client.Jobs.CancelAsync(bench.Film, job.Id);
        await Eventually.HoldsAsync(() =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(stopped.Task.IsCompleted);
        }, "the encoder was told to stop");
        await running;

        Assert.Equal("canceled", (await bench.Client.Jobs.ListAsync(bench.Film)).Single(candidate => candidate.Id == job.Id).State);
    }

    [Fact]
    public async Task A_database_that_is_away_for_a_heartbeat_does_not_cost_the_lease()
    {
        var processes = new FakeProcesses();
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        processes.Encode = async (_, _) =>
        {
            started.TrySetResult();
            await finish.Task;
            return new ProcessOutcome(1, "", "");
        };
        var breaker = new BrokenConnections();
        await using var bench = await Bench.StartAsync(processes, breaker);
        await bench.PrepareAsync();
        var running = bench.RunAsync(JobLane.Quick);
        await started.Task;

        breaker.IsBroken = true;
        await Eventually.HoldsAsync(() =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(breaker.Refused > 0);
        }, "a heartbeat failed");
        breaker.IsBroken = false;
        var before = bench.Clock.GetUtcNow();
        await Eventually.HoldsAsync(async () =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await bench.Site.JobsAsync()).Any(job => job.LeaseUntil > before.AddSeconds(31));
        }, "the lease is renewed again");

        finish.SetResult();
        await running;
    }

    [Fact]
    public async Task Without_ffmpeg_the_video_waits_and_goes_on_by_itself()
    {
        var processes = new FakeProcesses { AreMissing = true };
        await using var bench = await Bench.StartAsync(processes);
        await bench.PumpAsync();

        await bench.RunAsync(JobLane.Quick);
        var waiting = Assert.Single(await bench.Client.Jobs.ListAsync(bench.Film));
        Assert.Equal(("queued", "media.ffmpeg_missing"), (waiting.State, waiting.Problem?.Code));
        Assert.Equal(0, Assert.Single(await bench.Site.JobsAsync()).Attempts);
        processes.AreMissing = false;
        bench.Clock.Advance(TimeSpan.FromSeconds(16));
        await bench.RunAsync(JobLane.Quick);

        Assert.Equal("processing", (await bench.Client.Videos.GetAsync(bench.Film)).State);
    }

    [Theory]
    [InlineData("""{"error":{"code":-1}}""", "media.not_a_video")]
    [InlineData("dimensions", "media.dimensions_too_large")]
    public async Task What_could_not_be_looked_at_may_turn_out_to_be_no_film(string probe, string code)
    {
        var processes = new FakeProcesses { AreMissing = true };
        await using var bench = await Bench.StartAsync(processes);
        await bench.PumpAsync();
        processes.AreMissing = false;
        processes.Probe = FakeProcesses.Says(probe == "dimensions" ? FakeProcesses.Film(width: 20000, height: 20000) : probe);

        await bench.RunAsync(JobLane.Quick);

        var video = await bench.Client.Videos.GetAsync(bench.Film);
        Assert.Equal(("failed", code), (video.State, video.Problem?.Code));
        Assert.Equal(JobState.Dead, Assert.Single(await bench.Site.JobsAsync()).State);
    }

    [Fact]
    public async Task A_full_disk_is_waited_out()
    {
        var processes = new FakeProcesses { Encode = (_, _) => Task.FromResult(new ProcessOutcome(1, "", "av_interleaved_write_frame(): No space left on device")) };
        await using var bench = await Bench.StartAsync(processes);
        await bench.PrepareAsync();

        await bench.DrainAsync();

        Assert.All(
            (await bench.Site.JobsAsync()).Where(job => job.Lane == JobLane.Quick && job.Kind != "prepare-video"),
            job => Assert.Equal((JobState.Queued, 0, "media.disk_full"), (job.State, job.Attempts, job.ProblemCode)));
    }

    [Fact]
    public async Task A_job_of_an_unknown_kind_dies_at_once()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Site.UseAsync(async (KinopressDbContext db) =>
        {
            db.Jobs.Add(Core.Jobs.Job.Create("from-the-future", new { }, new JobOptions(), bench.Clock));
            return await db.SaveChangesAsync();
        });

        await bench.RunAsync(JobLane.Quick);

        var job = Assert.Single(await bench.Site.JobsAsync("from-the-future"));
        Assert.Equal((JobState.Dead, "job.unknown_kind"), (job.State, job.ProblemCode));
    }

    [Fact]
    public async Task Two_runners_never_take_the_same_job()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Site.UseAsync(async (KinopressDbContext db) =>
        {
            db.Jobs.AddRange(Enumerable.Range(0, 20).Select(_ => Core.Jobs.Job.Create("unknown", new { }, new JobOptions(), bench.Clock)));
            return await db.SaveChangesAsync();
        });

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(async runner =>
        {
            List<Id<Core.Jobs.Job>> mine = [];
            while (await bench.Site.UseAsync((IJobClaim claim) => claim.ClaimAsync(new JobClaimRequest(JobLane.Quick, $"node {runner}", TimeSpan.FromMinutes(1), bench.Clock.GetUtcNow()), CancellationToken.None)) is { } job)
            {
                mine.Add(job.Id);
            }

            return mine;
        }));

        Assert.Equal(20, claims.Sum(mine => mine.Count));
        Assert.Equal(20, claims.SelectMany(mine => mine).Distinct().Count());
    }

    /// <summary>A site whose jobs and events a test runs one by one, with one uploaded film.</summary>
    private sealed class Bench(TestSite site, KinopressClient client, string film) : IAsyncDisposable
    {
        public TestSite Site { get; } = site;

        public KinopressClient Client { get; } = client;

        public string Film { get; } = film;

        public FakeTimeProvider Clock => Site.Clock;

        public static async Task<Bench> StartAsync(FakeProcesses? processes = null, BrokenConnections? breaker = null)
        {
            var site = await TestSite.StartAsync(new TestSiteOptions
            {
                Clock = TestSiteOptions.FakeClock(),
                Processes = processes ?? new FakeProcesses(),
                RunsJobs = false,
                Customise = builder => breaker?.AddTo(builder.Services),
            });
            var client = await site.ClientAsync("creator");
            return new Bench(site, client, await client.Uploads.UploadAsync(new MemoryStream(new byte[100]), "film.mp4"));
        }

        public T Get<T>()
            where T : notnull => Site.Services.GetRequiredService<T>();

        public Task<bool> PumpAsync() => Get<EventPump>().PumpAsync(CancellationToken.None);

        public Task<bool> RunAsync(JobLane lane) => Get<JobRunner>().RunNextAsync(lane, CancellationToken.None);

        public async Task PrepareAsync()
        {
            await PumpAsync();
            await RunAsync(JobLane.Quick);
        }

        public async Task DrainAsync()
        {
            while (await RunAsync(JobLane.Quick) || await RunAsync(JobLane.Heavy))
            {
            }
        }

        public async Task DrainUntilDeadAsync()
        {
            for (var round = 0; round < 4; round++)
            {
                await DrainAsync();
                Clock.Advance(TimeSpan.FromMinutes(11));
            }
        }

        public Task<int> UpdateAsync(string kind, JobState state, DateTimeOffset leaseUntil, string owner = "another node") =>
            Site.UseAsync((KinopressDbContext db) => db.Jobs.Where(job => job.Kind == kind).ExecuteUpdateAsync(set => set
                .SetProperty(job => job.State, state).SetProperty(job => job.LeaseOwner, owner).SetProperty(job => job.LeaseUntil, leaseUntil)));

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
