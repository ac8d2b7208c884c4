using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Jobs;

/// <summary>
/// Runs the jobs of this node: claims, renews the lease and saves progress every second, and writes down how each
/// attempt ended. The host starts <see cref="RunAsync"/> once per lane and slot.
/// </summary>
public sealed partial class JobRunner(
    IServiceScopeFactory scopes, ChangeSignal changes, NodeIdentity node, TimeProvider clock, ILogger<JobRunner> logger)
{
    // A power cut uses up an attempt too, so a job is only given up as deadly well after its last ordinary one.
    private const int CrashesForgiven = 3;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceForEnding = Lease / 2; // a try takes up to twenty seconds
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>Takes back what this node was running when it last stopped: nobody else will before the lease runs out.</summary>
    public async Task ReclaimAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        var unfinished = db.Jobs.Where(job => job.State == JobState.Running && job.LeaseOwner == node.Name);
        var reclaimed = await db.WriteAsync(
            token => unfinished.ExecuteUpdateAsync(
                set => set.SetProperty(job => job.State, JobState.Queued)
                    .SetProperty(job => job.LeaseOwner, (string?)null)
                    .SetProperty(job => job.LeaseUntil, (DateTimeOffset?)null),
                token),
            cancellationToken);
        if (reclaimed > 0)
        {
            Log.Reclaimed(logger, reclaimed);
        }
    }

    /// <summary>Runs the jobs of a lane one after another until cancelled.</summary>
    public async Task RunAsync(JobLane lane, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = changes.Signal.WhenRaised;
            if (!await RunNextAsync(lane, cancellationToken))
            {
                await Task.WhenAny(changed, Task.Delay(Poll, clock, cancellationToken));
            }
        }
    }

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunNextAsync(JobLane lane, CancellationToken cancellationToken)
    {
        Job? job;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var claim = scope.ServiceProvider.GetRequiredService<IJobClaim>();
            job = await claim.ClaimAsync(new JobClaimRequest(lane, node.Name, Lease, clock.GetUtcNow()), cancellationToken);
        }

        if (job is null)
        {
            return false;
        }

        await RunAsync(job, cancellationToken);
        return true;
    }

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetServices<JobHandler>().SingleOrDefault(handler => handler.Kind == job.Kind);
        if (handler is null)
        {
            Log.NoHandler(logger, job.Kind, job.Id);
            var unknown = new JobFailedException("job.unknown_kind", "This version of the site does not know how to do this task.", inner: null) { IsFinal = true };
            await EndAsync(job, JobEnding.Of(job, unknown, clock.GetUtcNow()));
            return;
        }

        if (job.Attempts > job.MaxAttempts + CrashesForgiven)
        {
            Log.Crashing(logger, job.Kind, job.Id);
            var crashed = new JobFailedException("job.crashed", "The site stopped each time it tried this. The file may be what makes it stop.", inner: null) { IsFinal = true };
            await EndAsync(job, JobEnding.Of(job, crashed, clock.GetUtcNow()));
            await handler.GiveUpAsync(job, crashed, CancellationToken.None);
            return;
        }

        var run = new JobRun();
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heartbeat = BeatAsync(job, run, attempt);
        JobFailedException? problem = null;
        try
        {
            await handler.RunAsync(job, run, attempt.Token);
        }
        catch (JobFailedException exception)
        {
            problem = exception;
            Log.AttemptFailed(logger, exception, job.Kind, job.Id, job.Attempts, exception.Code);
        }
        catch (OperationCanceledException) when (attempt.IsCancellationRequested)
        {
            await StopAsync(attempt, heartbeat);
            await ReleaseAsync(job);
            return;
        }
        catch (Exception exception)
        {
            // The edge of the process: a bug in one handler must not stop the others.
            problem = new JobFailedException("job.unexpected", "Something went wrong on this site. The details are in its log.", exception);
            Log.Unexpected(logger, exception, job.Kind, job.Id, job.Attempts);
        }

        await StopAsync(attempt, heartbeat);
        var ending = JobEnding.Of(job, problem, clock.GetUtcNow());
        if (await EndAsync(job, ending) && ending.IsDead && problem is not null)
        {
            await handler.GiveUpAsync(job, problem, CancellationToken.None);
        }
    }

    private static async Task StopAsync(CancellationTokenSource attempt, Task heartbeat)
    {
        await attempt.CancelAsync();
        await heartbeat;
    }

    /// <summary>Renews the lease and saves progress. Losing the lease, or being cancelled by a person, cancels the attempt.</summary>
    private async Task BeatAsync(Job job, JobRun run, CancellationTokenSource attempt)
    {
        try
        {
            var isMine = true;
            while (isMine)
            {
                await Task.Delay(Heartbeat, clock, attempt.Token);
                isMine = await IsStillMineAsync(job, run, attempt.Token);
            }

            await attempt.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended; so does its heartbeat.
        }
    }

    private async Task<bool> IsStillMineAsync(Job job, JobRun run, CancellationToken cancellationToken)
    {
        try
        {
            var (progress, speed) = run.Latest();
            return await RenewAsync(job, progress, speed, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database may be away for a moment; the lease still holds for half a minute, and the next beat tries again.
            Log.HeartbeatFailed(logger, exception, job.Id);
            return true;
        }
    }

    private async Task<bool> RenewAsync(Job job, double progress, double? speed, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        var leaseUntil = clock.GetUtcNow() + Lease;
        var renewed = await db.WriteAsync(
            token => Mine(db, job).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeaseUntil, leaseUntil)
                    .SetProperty(row => row.Progress, progress)
                    .SetProperty(row => row.Speed, speed),
                token),
            cancellationToken);
        return renewed == 1;
    }

    // What happened must be written down even while the site stops, so nothing cancels these two. A database that is away for a
    // moment is asked again; when it stays away, the lease runs out and the work is done once more.
    /// <returns>False when the lease was lost meanwhile: somebody else does the work, and knows better how it ends.</returns>
    private async Task<bool> EndAsync(Job job, JobEnding ending)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await WriteEndingAsync(job, ending);
            }
            catch (Exception exception) when (DatabaseTrouble.IsBehind(exception) && clock.GetElapsedTime(started) < PatienceForEnding)
            {
                Log.EndingFailed(logger, exception, job.Kind, job.Id);
                await Task.Delay(Heartbeat, clock, CancellationToken.None);
            }
        }
    }

    private async Task<bool> WriteEndingAsync(Job job, JobEnding ending)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        var written = await db.WriteAsync(
            token => Mine(db, job).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, ending.State)
                    .SetProperty(row => row.RunAt, ending.RunAt)
                    .SetProperty(row => row.Attempts, ending.Attempts)
                    .SetProperty(row => row.Progress, ending.State == JobState.Done ? 1 : 0)
                    .SetProperty(row => row.Speed, (double?)null)
                    .SetProperty(row => row.EndedAt, ending.EndedAt)
                    .SetProperty(row => row.LeaseOwner, (string?)null)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.ProblemCode, ending.ProblemCode)
                    .SetProperty(row => row.ProblemMessage, ending.ProblemMessage),
                token),
            CancellationToken.None);
        changes.Signal.Raise();
        return written == 1 || await db.Jobs.AnyAsync(row => row.Id == job.Id && row.State == ending.State && row.Attempts == ending.Attempts, CancellationToken.None); // an earlier try, whose answer was lost
    }

    private async Task ReleaseAsync(Job job)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        await db.WriteAsync(
            token => Mine(db, job).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Queued)
                    .SetProperty(row => row.Attempts, job.Attempts - 1)
                    .SetProperty(row => row.LeaseOwner, (string?)null)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
                token),
            CancellationToken.None);
    }

    // The number of the attempt tells this one from a later one of the same node, after a lease that ran out.
    private IQueryable<Job> Mine(KinopressDbContext db, Job job) => db.Jobs.Where(
        row => row.Id == job.Id && row.State == JobState.Running && row.LeaseOwner == node.Name && row.Attempts == job.Attempts);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "jobs.reclaimed", Message = "Took back {Count} unfinished tasks")]
        public static partial void Reclaimed(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Error, EventName = "job.no_handler", Message = "No handler for {Kind}, job {JobId}")]
        public static partial void NoHandler(ILogger logger, string kind, Id<Job> jobId);

        [LoggerMessage(Level = LogLevel.Error, EventName = "job.crashing", Message = "{Kind} {JobId} was running each time the site died; it is not tried again")]
        public static partial void Crashing(ILogger logger, string kind, Id<Job> jobId);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "job.attempt_failed", Message = "{Kind} {JobId} failed at attempt {Attempt}: {Code}")]
        public static partial void AttemptFailed(ILogger logger, Exception exception, string kind, Id<Job> jobId, int attempt, string code);

        [LoggerMessage(Level = LogLevel.Error, EventName = "job.unexpected", Message = "{Kind} {JobId} failed unexpectedly at attempt {Attempt}")]
        public static partial void Unexpected(ILogger logger, Exception exception, string kind, Id<Job> jobId, int attempt);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "job.ending_failed", Message = "Could not write down how {Kind} {JobId} ended")]
        public static partial void EndingFailed(ILogger logger, Exception exception, string kind, Id<Job> jobId);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "job.heartbeat_failed", Message = "Could not renew the lease of job {JobId}")]
        public static partial void HeartbeatFailed(ILogger logger, Exception exception, Id<Job> jobId);
    }
}
