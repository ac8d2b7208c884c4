namespace Kinopress.Client;

/// <summary>The site refused. A broken connection stays an <see cref="HttpRequestException"/>.</summary>
public sealed class KinopressApiException(ApiProblem problem)
    : Exception($"{problem.Status} {problem.Code}: {problem.Detail ?? problem.Title}")
{
    public ApiProblem Problem { get; } = problem;

    /// <inheritdoc cref="ApiProblem.Code"/>
    public string Code => Problem.Code;

    /// <inheritdoc cref="ApiProblem.Status"/>
    public int Status => Problem.Status;

    /// <inheritdoc cref="ApiProblem.Detail"/>
    public string? Detail => Problem.Detail;

    /// <summary>Messages by field; empty when the refusal is not about fields.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = problem.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal);
}
