using Kinopress.Core.Data;
using Kinopress.Core.Features.Site;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Kinopress.Server.Host;

/// <summary>
/// The last edge: what nobody handled becomes an answer without a stack trace. Pages get the theme's error page,
/// everything else a problem document.
/// </summary>
internal sealed partial class ErrorHandling(ILogger<ErrorHandling> logger) : IExceptionHandler
{
    /// <summary>Where an error page leaves its reason for the site face to draw.</summary>
    public const string FailureItem = "kinopress.failure";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or IOException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true; // nobody is listening any more
        }

        var failure = Translate(exception);
        if (failure == Failures.Unexpected)
        {
            Log.Unexpected(logger, exception, httpContext.Request.Method, RouteOf(httpContext));
        }
        else if (Failures.StatusOf(failure) >= StatusCodes.Status500InternalServerError)
        {
            Log.Handled(logger, exception, failure.Code, RouteOf(httpContext)); // what strangers do wrong is theirs to mend
        }

        if (WantsPage(httpContext))
        {
            httpContext.Items[FailureItem] = failure;
            httpContext.Response.StatusCode = Failures.StatusOf(failure);
            return true; // the status-code page draws it
        }

        await httpContext.WriteProblemAsync(failure);
        return true;
    }

    /// <summary>True for what a person sees in a browser; false for the API and media.</summary>
    public static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/media", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.Accept.ToString() is var accept
        && (accept.Length == 0 || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));

    // The pattern, not the address: addresses of media and of the setup carry secrets.
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown address";

    private static Failure Translate(Exception exception) => exception switch
    {
        AntiforgeryValidationException => Failures.AntiforgeryInvalid,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Failures.TooLarge,
        BadHttpRequestException { InnerException: AntiforgeryValidationException } => Failures.AntiforgeryInvalid,
        BadHttpRequestException => Failures.BadRequest,
        InvalidDataException => Failures.BadRequest,
        _ when DatabaseTrouble.IsBehind(exception) => SiteFailures.Busy,
        _ => Failures.Unexpected,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "request.unexpected", Message = "{Method} {Path} failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "request.failed", Message = "{Path} was answered with {Code}")]
        public static partial void Handled(ILogger logger, Exception exception, string code, string path);
    }
}
