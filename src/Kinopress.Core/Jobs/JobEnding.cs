using System.Security.Cryptography;

namespace Kinopress.Core.Jobs;

/// <summary>How an attempt ended, and so what becomes of its job.</summary>
internal sealed record JobEnding(JobState State, DateTimeOffset RunAt, int Attempts, DateTimeOffset? EndedAt)
{
    private static readonly TimeSpan WaitForOwner = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(10);

    public string? ProblemCode { get; init; }

    public string? ProblemMessage { get; init; }

    public bool IsDead => State == JobState.Dead;

    /// <param name="problem">Null when the attempt succeeded.</param>
    public static JobEnding Of(Job job, JobFailedException? problem, DateTimeOffset now)
    {
        if (problem is null)
        {
            return new JobEnding(JobState.Done, job.RunAt, job.Attempts, now);
        }

        var ending = problem switch
        {
            { WaitsForOwner: true } => new JobEnding(JobState.Queued, now + WaitForOwner, job.Attempts - 1, EndedAt: null),
            { IsFinal: true } => new JobEnding(JobState.Dead, job.RunAt, job.Attempts, now),
            _ when job.Attempts >= job.MaxAttempts => new JobEnding(JobState.Dead, job.RunAt, job.Attempts, now),
            _ => new JobEnding(JobState.Queued, now + BackOff(job.Attempts), job.Attempts, EndedAt: null),
        };
        return ending with { ProblemCode = problem.Code, ProblemMessage = problem.Message };
    }

    /// <summary>2 s, 8 s, 32 s … up to ten minutes, each up to a quarter longer by chance, so that retries do not march in step.</summary>
    private static TimeSpan BackOff(int attempts)
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestBackOff.Ticks, FirstBackOff.Ticks * (1L << Math.Min(2 * (attempts - 1), 20))));
        return pause + (pause * (RandomNumberGenerator.GetInt32(0, 250) / 1000.0));
    }
}
