using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

public sealed class JobTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Success_is_the_end()
    {
        var ending = JobEnding.Of(Attempt(1), problem: null, Clock.GetUtcNow());

        Assert.Equal((JobState.Done, Clock.GetUtcNow(), (string?)null), (ending.State, ending.EndedAt, ending.ProblemCode));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 8)]
    [InlineData(3, 32)]
    [InlineData(4, 128)]
    [InlineData(5, 512)]
    [InlineData(6, 600)]
    [InlineData(60, 600)]
    public void Pauses_grow_up_to_ten_minutes_and_a_quarter(int attempts, double seconds)
    {
        var ending = JobEnding.Of(Attempt(attempts, maxAttempts: 100), Problem(), Clock.GetUtcNow());

        Assert.Equal((JobState.Queued, attempts), (ending.State, ending.Attempts));
        Assert.InRange((ending.RunAt - Clock.GetUtcNow()).TotalSeconds, seconds, seconds * 1.25);
    }

    [Fact]
    public void The_last_attempt_and_a_hopeless_one_are_dead()
    {
        var last = JobEnding.Of(Attempt(5), Problem(), Clock.GetUtcNow());
        var hopeless = JobEnding.Of(Attempt(1), Problem(isFinal: true), Clock.GetUtcNow());

        Assert.True(last.IsDead && hopeless.IsDead);
        Assert.Equal("test.problem", hopeless.ProblemCode);
    }

    [Fact]
    public void Waiting_for_the_owner_costs_no_attempt()
    {
        var ending = JobEnding.Of(Attempt(5), Problem(waits: true), Clock.GetUtcNow());

        Assert.Equal((JobState.Queued, 4, Clock.GetUtcNow().AddSeconds(15)), (ending.State, ending.Attempts, ending.RunAt));
    }

    [Fact]
    public void Only_what_has_stopped_is_tried_again_and_only_what_has_not_is_cancelled()
    {
        var job = Attempt(0);

        Assert.True(job.Retry(Clock.GetUtcNow()).Failed(out _));
        Assert.False(job.Cancel(Clock.GetUtcNow()).Failed(out _));
        Assert.True(job.Cancel(Clock.GetUtcNow()).Failed(out _));
        Assert.False(job.Retry(Clock.GetUtcNow()).Failed(out _));
        Assert.Equal((JobState.Queued, (DateTimeOffset?)null), (job.State, job.EndedAt));
    }

    // Attempts are counted in SQL, where the job is claimed.
    private static Job Attempt(int attempts, int maxAttempts = Job.DefaultMaxAttempts)
    {
        var job = Job.Create("test", new { }, new JobOptions { MaxAttempts = maxAttempts }, Clock);
        typeof(Job).GetProperty(nameof(Job.Attempts))?.SetValue(job, attempts);
        return job;
    }

    private static JobFailedException Problem(bool isFinal = false, bool waits = false) =>
        new("test.problem", "It failed.", inner: null) { IsFinal = isFinal, WaitsForOwner = waits };
}
