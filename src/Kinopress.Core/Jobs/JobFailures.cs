using Kinopress.Core.Foundation;

namespace Kinopress.Core.Jobs;

/// <summary>Refusals about jobs.</summary>
public static class JobFailures
{
    public static Failure NotFound { get; } = new(FailureKind.NotFound, "job.not_found", "This task does not exist.");

    public static Failure NotRetryable { get; } = new(FailureKind.Conflict, "job.not_retryable", "This task has not stopped, so there is nothing to try again.");

    public static Failure NotCancelable { get; } = new(FailureKind.Conflict, "job.not_cancelable", "This task has already ended.");
}
