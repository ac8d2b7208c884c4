namespace Kinopress.Client;

/// <summary>The work on a video.</summary>
public sealed class JobsClient
{
    private readonly ApiConnection _connection;

    internal JobsClient(ApiConnection connection) => _connection = connection;

    /// <summary>In the order in which they run.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(string publicId, CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync(PathOf(publicId), ApiJson.Default.JobList, cancellationToken)).Items;

    /// <summary>Tries everything that failed again.</summary>
    /// <exception cref="KinopressApiException"><c>video.not_found</c>, <c>job.not_retryable</c>.</exception>
    public Task RetryAllAsync(string publicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(publicId) + "/retry", body: null, cancellationToken);

    /// <exception cref="KinopressApiException"><c>job.not_found</c>, <c>job.not_retryable</c>.</exception>
    public Task RetryAsync(string publicId, Guid jobId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, $"{PathOf(publicId)}/{jobId}/retry", body: null, cancellationToken);

    /// <exception cref="KinopressApiException"><c>job.not_found</c>, <c>job.not_cancelable</c>.</exception>
    public Task CancelAsync(string publicId, Guid jobId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"{PathOf(publicId)}/{jobId}", body: null, cancellationToken);

    private static string PathOf(string publicId) => $"videos/{Uri.EscapeDataString(publicId)}/jobs";
}

/// <summary>A task.</summary>
/// <param name="Label">In a creator's words.</param>
/// <param name="State">queued, running, done, failed or canceled.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Speed">Seconds of video per second; null when it has no meaning.</param>
/// <param name="SecondsLeft">An estimate; null when unknown.</param>
/// <param name="Problem">Of the last attempt; null when it did not fail.</param>
public sealed record Job(
    Guid Id,
    string Kind,
    string Label,
    string State,
    double Progress,
    double? Speed,
    int? SecondsLeft,
    VideoProblem? Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);

internal sealed record JobList(IReadOnlyList<Job> Items);
