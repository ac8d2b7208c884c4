namespace Kinopress.Core.Foundation;

/// <summary>Why a use case refused: an expected answer, not a bug. Knows nothing of HTTP.</summary>
/// <param name="Kind">The family of the refusal, which each face translates.</param>
/// <param name="Code">Stable, lower case, dotted: <c>video.not_playable</c>. Listed in docs/api/problems.md.</param>
/// <param name="Message">One or two plain sentences for the person: what happened and what to do. Never an exception's text.</param>
public sealed record Failure(FailureKind Kind, string Code, string Message)
{
    /// <summary>Messages by field name in camelCase; null when the refusal is not about fields.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>How long to wait before trying again; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Families of refusals. A face maps each to its own vocabulary, such as an HTTP status.</summary>
public enum FailureKind
{
    /// <summary>The input breaks a rule.</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the credentials are wrong.</summary>
    Unauthenticated,

    /// <summary>The caller may see the thing but not do this to it.</summary>
    Forbidden,

    /// <summary>Missing, or not for the caller to see.</summary>
    NotFound,

    /// <summary>The thing's state does not allow it now.</summary>
    Conflict,

    /// <summary>Larger than this site accepts.</summary>
    TooLarge,

    /// <summary>The media cannot be used.</summary>
    Unprocessable,

    /// <summary>Too many tries.</summary>
    TooMany,

    /// <summary>The site has no room left for it.</summary>
    InsufficientStorage,

    /// <summary>The world failed: a disk, a tool, another site. Trying later may help.</summary>
    Unavailable,
}
