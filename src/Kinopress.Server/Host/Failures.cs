using System.Globalization;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Host;

/// <summary>How refusals look in HTTP: RFC 9457 problems with a stable code.</summary>
internal static class Failures
{
    public static Failure Unexpected { get; } = new(
        FailureKind.Unavailable, "site.unexpected", "Something went wrong on this site. It is in its log; try again in a moment.");

    public static Failure NotFound { get; } = new(FailureKind.NotFound, "site.not_found", "There is nothing at this address.");

    public static Failure BadRequest { get; } = new(FailureKind.Invalid, "request.invalid", "The request could not be read.");

    public static Failure TooLarge { get; } = new(FailureKind.TooLarge, "request.too_large", "The request is larger than this site accepts.");

    public static Failure MethodNotAllowed { get; } = new(
        FailureKind.Invalid, "request.method_not_allowed", "This address does not take that kind of request.");

    public static Failure TooManyTries { get; } = new(
        FailureKind.TooMany, "request.too_many", "Too many tries. Wait a minute and try again.") { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Failure AntiforgeryInvalid { get; } = new(
        FailureKind.Invalid, "request.antiforgery_invalid", "This page was open for too long, or in another window. Reload it and try again.");

    public static Failure OriginNotAllowed { get; } = new(
        FailureKind.Forbidden, "request.origin_not_allowed", "Pages of other sites may not connect to this one.");

    public static Failure TokenInvalid { get; } = new(
        FailureKind.Unauthenticated, "token.unknown", "This access token is unknown or has expired.");

    public static Failure ScopeMissing(string scope) => new(
        FailureKind.Forbidden, "token.scope_missing", $"This access token lacks the scope {scope}.");

    public static int StatusOf(Failure failure) => failure.Kind switch
    {
        _ when failure == MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        FailureKind.Invalid => StatusCodes.Status400BadRequest,
        FailureKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        FailureKind.Forbidden => StatusCodes.Status403Forbidden,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Conflict => StatusCodes.Status409Conflict,
        FailureKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        FailureKind.TooMany => StatusCodes.Status429TooManyRequests,
        FailureKind.InsufficientStorage => StatusCodes.Status507InsufficientStorage,
        _ when failure.Code == "site.unexpected" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    public static ProblemHttpResult ToProblem(this Failure failure)
    {
        Dictionary<string, object?> extensions = new(StringComparer.Ordinal) { ["code"] = failure.Code };
        if (failure.Fields is { Count: > 0 } fields)
        {
            // An array for each field, as in ASP.NET Core's own validation problems.
            extensions["errors"] = fields.ToDictionary(field => field.Key, field => (string[])[field.Value], StringComparer.Ordinal);
        }

        if (failure.RetryAfter is { } wait)
        {
            extensions["retryAfterSeconds"] = (int)Math.Ceiling(wait.TotalSeconds);
        }

        return TypedResults.Problem(
            failure.Message,
            statusCode: StatusOf(failure),
            title: TitleOf(failure.Kind),
            type: $"urn:kinopress:problem:{failure.Code}",
            extensions: extensions);
    }

    /// <summary>Instead of whatever was going to be sent. Whoever was to read that may read this, and nobody keeps it.</summary>
    public static async Task WriteProblemAsync(this HttpContext context, Failure failure)
    {
        var origin = context.Response.Headers.AccessControlAllowOrigin;
        context.Response.Clear();
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.CacheControl = "no-store";
        if (failure.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await failure.ToProblem().ExecuteAsync(context);
    }

    private static string TitleOf(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => "The request is not valid",
        FailureKind.Unauthenticated => "Sign-in required",
        FailureKind.Forbidden => "Not allowed",
        FailureKind.NotFound => "Not found",
        FailureKind.Conflict => "Not possible now",
        FailureKind.TooLarge => "Too large",
        FailureKind.Unprocessable => "The file cannot be used",
        FailureKind.TooMany => "Too many tries",
        FailureKind.InsufficientStorage => "No room left",
        _ => "Not available",
    };
}
