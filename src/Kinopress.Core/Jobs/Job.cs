using System.Text.Json;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Jobs;

/// <summary>
/// Work to do later, in the same database as what it is about. Runs at least once: a lease that runs out
/// (the process died) hands it to the next runner, so handlers are idempotent and say how.
/// </summary>
public sealed class Job
{
    public const int DefaultMaxAttempts = 5;

    private Job()
    {
    }

    public Id<Job> Id { get; private set; }

    /// <summary>Which handler runs it: <c>encode-rendition</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What the job is about, for lists and cancellation; null for housekeeping. A video's id, today.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>At most one job exists for a key; null when duplicates are harmless.</summary>
    public string? DeduplicationKey { get; private set; }

    /// <summary>The handler's input as JSON.</summary>
    public string Payload { get; private set; } = "{}";

    public JobLane Lane { get; private set; }

    /// <summary>Lower runs first within a lane.</summary>
    public int Priority { get; private set; }

    public JobState State { get; private set; }

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset RunAt { get; private set; }

    public int Attempts { get; private set; }

    public int MaxAttempts { get; private set; }

    /// <summary>The node that runs it; null when none does.</summary>
    public string? LeaseOwner { get; private set; }

    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>Seconds of media worked through per second; null when it has no meaning or is not known yet.</summary>
    public double? Speed { get; private set; }

    /// <summary>Its share of its subject's whole work, greater than zero.</summary>
    public double Cost { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The stable code of the last failure; null when the last attempt did not fail.</summary>
    public string? ProblemCode { get; private set; }

    /// <summary>The same in words for the person in Studio.</summary>
    public string? ProblemMessage { get; private set; }

    public static Job Create<TPayload>(string kind, TPayload payload, JobOptions options, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new Job
        {
            Id = Id<Job>.New(clock),
            Kind = kind,
            SubjectId = options.SubjectId,
            DeduplicationKey = options.DeduplicationKey,
            Payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web),
            Lane = options.Lane,
            Priority = options.Priority,
            State = JobState.Queued,
            RunAt = options.RunAt ?? now,
            MaxAttempts = options.MaxAttempts,
            Cost = options.Cost,
            CreatedAt = now,
        };
    }

    public TPayload Read<TPayload>() =>
        JsonSerializer.Deserialize<TPayload>(Payload, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"Job {Id} ({Kind}) has no payload.");

    /// <summary>Lets a dead or cancelled job try again from the start of its attempts.</summary>
    public Result<Done> Retry(DateTimeOffset now)
    {
        if (State is not (JobState.Dead or JobState.Canceled))
        {
            return JobFailures.NotRetryable;
        }

        State = JobState.Queued;
        Attempts = 0;
        Progress = 0;
        RunAt = now;
        EndedAt = null;
        ProblemCode = null;
        ProblemMessage = null;
        return Done.Value;
    }

    public Result<Done> Cancel(DateTimeOffset now)
    {
        if (State is JobState.Done or JobState.Canceled)
        {
            return JobFailures.NotCancelable;
        }

        State = JobState.Canceled;
        EndedAt = now;
        LeaseOwner = null;
        LeaseUntil = null;
        return Done.Value;
    }
}

/// <summary>How a job is queued.</summary>
public sealed record JobOptions
{
    public Guid? SubjectId { get; init; }

    public string? DeduplicationKey { get; init; }

    public JobLane Lane { get; init; } = JobLane.Quick;

    public int Priority { get; init; } = 10;

    public DateTimeOffset? RunAt { get; init; }

    public int MaxAttempts { get; init; } = Job.DefaultMaxAttempts;

    public double Cost { get; init; } = 1;
}

/// <summary>Lanes keep short work from waiting behind long work.</summary>
public enum JobLane
{
    /// <summary>Seconds at most: remuxing, pictures, housekeeping.</summary>
    Quick,

    /// <summary>Encoding: uses whole processors for minutes.</summary>
    Heavy,
}

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits for its moment and a runner.</summary>
    Queued,

    /// <summary>Leased to a runner.</summary>
    Running,

    Done,

    /// <summary>Out of attempts: a person has to look.</summary>
    Dead,

    /// <summary>Stopped by a person, or no longer needed.</summary>
    Canceled,
}

internal sealed class JobModel : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(job => job.Id);
        builder.Property(job => job.Kind).HasMaxLength(64);
        builder.Property(job => job.DeduplicationKey).HasMaxLength(200);
        builder.Property(job => job.LeaseOwner).HasMaxLength(64);
        builder.Property(job => job.ProblemCode).HasMaxLength(64);
        builder.Property(job => job.ProblemMessage).HasMaxLength(1000);
        builder.HasIndex(job => job.DeduplicationKey).IsUnique();
        builder.HasIndex(job => job.SubjectId);
        builder.HasIndex(job => new { job.Lane, job.State, job.Priority, job.RunAt }).HasDatabaseName("ix_jobs_lane_state_priority_run_at");
    }
}
