using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

internal static class JobsApi
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/videos/{publicId}/jobs").WithTags("Jobs");
        jobs.MapGet("", List).WithName("listJobs").WithSummary("The work on a video, in the order in which it runs").RequireScope(Scope.VideosRead);
        jobs.MapPut("/retry", RetryAll).WithName("retryVideo").WithSummary("Try every failed task of a video again").RequireScope(Scope.VideosWrite);
        jobs.MapPut("/{jobId:guid}/retry", Retry).WithName("retryJob").WithSummary("Try a failed or cancelled task again").RequireScope(Scope.VideosWrite);
        jobs.MapDelete("/{jobId:guid}", Cancel).WithName("cancelJob").WithSummary("Stop a task").RequireScope(Scope.VideosWrite);
    }

    private static async Task<Results<Ok<JobListResponse>, ProblemHttpResult>> List(
        string publicId, Caller caller, RenditionQueries renditions, CancellationToken cancellationToken) =>
        (await renditions.ListJobsAsync(publicId, caller, cancellationToken)).Match<Results<Ok<JobListResponse>, ProblemHttpResult>>(
            jobs => TypedResults.Ok(new JobListResponse([.. jobs.Select(JobResponse.From)])),
            failure => failure.ToProblem());

    private static async Task<Results<NoContent, ProblemHttpResult>> RetryAll(
        string publicId, Caller caller, RetryVideo retryVideo, CancellationToken cancellationToken) =>
        (await retryVideo.RunAsync(publicId, caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Results<NoContent, ProblemHttpResult>> Retry(
        string publicId, Guid jobId, Caller caller, RetryJob retryJob, CancellationToken cancellationToken) =>
        (await retryJob.RunAsync(publicId, new Id<Job>(jobId), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static async Task<Results<NoContent, ProblemHttpResult>> Cancel(
        string publicId, Guid jobId, Caller caller, CancelJob cancelJob, CancellationToken cancellationToken) =>
        (await cancelJob.RunAsync(publicId, new Id<Job>(jobId), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());
}

/// <summary>The work on a video.</summary>
public sealed record JobListResponse(IReadOnlyList<JobResponse> Items);

/// <summary>A task.</summary>
/// <param name="Label">In a creator's words.</param>
/// <param name="State">queued, running, done, failed or canceled.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Speed">Seconds of video per second; null when it has no meaning.</param>
/// <param name="SecondsLeft">An estimate; null when unknown.</param>
/// <param name="Problem">Of the last attempt; null when it did not fail.</param>
public sealed record JobResponse(
    Guid Id,
    string Kind,
    string Label,
    string State,
    double Progress,
    double? Speed,
    int? SecondsLeft,
    VideoProblemResponse? Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    internal static JobResponse From(JobView job) => new(
        job.Id.Value,
        job.Kind,
        job.Label,
        job.State switch { JobState.Dead => "failed", var state => state.ToString().ToLowerInvariant() },
        Math.Round(job.Progress, 4),
        job.Speed,
        job.TimeLeft is { } left ? (int)Math.Ceiling(left.TotalSeconds) : null,
        job is { ProblemCode: { } code, ProblemMessage: { } message } ? new VideoProblemResponse(code, message) : null,
        job.CreatedAt,
        job.StartedAt,
        job.EndedAt);
}
