using System.Text.Json.Serialization;

namespace Kinopress.Client;

/// <summary>Why the site refused (RFC 9457). Branch on <see cref="Code"/>; show <see cref="Detail"/> to people.</summary>
public sealed record ApiProblem
{
    /// <summary>What a problem without a code of the site's own carries: something between here and the site answered.</summary>
    public const string UnknownCode = "unknown";

    /// <summary>Stable, lower case, dotted: <c>video.not_found</c>.</summary>
    public string Code { get; init; } = UnknownCode;

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    public string? Title { get; init; }

    /// <summary>Plain words for a person; null when nobody said.</summary>
    public string? Detail { get; init; }

    /// <summary>Messages by field in camelCase; null when the refusal is not about fields.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>How long to wait before trying again; null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What the site's log calls this request; null when it did not say.</summary>
    public string? TraceId { get; init; }

    [JsonIgnore]
    internal bool MayHelpToRetry => Status is 408 or 429 or >= 500 and not 507;
}
