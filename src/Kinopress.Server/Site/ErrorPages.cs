using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Themes;
using Microsoft.AspNetCore.Diagnostics;

namespace Kinopress.Server.Site;

/// <summary>Pages that say what went wrong, why, and what to press. Also answers that have no body yet get one here.</summary>
internal static class ErrorPages
{
    public static Task<IResult> RenderAsync(PageRenderer pages, Failure failure, CancellationToken cancellationToken) =>
        RenderAsync(pages, failure, traceId: null, cancellationToken);

    private static async Task<IResult> RenderAsync(PageRenderer pages, Failure failure, string? traceId, CancellationToken cancellationToken)
    {
        var status = Failures.StatusOf(failure);
        return await pages.RenderAsync(
            new PageHead("error", "error") { Title = TitleOf(status), Status = status, IsHiddenFromSearch = true },
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["error"] = new Drop
                {
                    ["status"] = status,
                    ["title"] = TitleOf(status),
                    ["message"] = failure.Message,
                    ["action_url"] = status == StatusCodes.Status401Unauthorized ? "/login" : "/",
                    ["action_label"] = status == StatusCodes.Status401Unauthorized ? "Sign in" : "Go to the home page",
                    ["trace_id"] = status >= StatusCodes.Status500InternalServerError ? traceId : null,
                },
            },
            cancellationToken);
    }

    /// <summary>For every answer with an error status and no body.</summary>
    public static async Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var failure = http.Items[ErrorHandling.FailureItem] as Failure ?? FailureOf(http.Response.StatusCode);
        if (failure is null)
        {
            return;
        }

        var status = http.Response.StatusCode;
        if (!ErrorHandling.WantsPage(http) || HttpMethods.IsHead(http.Request.Method))
        {
            var problem = failure.ToProblem().ProblemDetails;
            problem.Status = status;
            await TypedResults.Problem(problem).ExecuteAsync(http);
            return;
        }

        try
        {
            var page = await RenderAsync(http.RequestServices.GetRequiredService<PageRenderer>(), failure, http.TraceIdentifier, http.RequestAborted);
            await page.ExecuteAsync(http);
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or Themes.ThemeRenderException or Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException)
        {
            // Even the error page needs the database; without it, plain words are better than nothing.
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(failure.Message, http.RequestAborted);
        }
    }

    private static Failure? FailureOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => Failures.NotFound,
        StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType => Failures.BadRequest,
        StatusCodes.Status405MethodNotAllowed => Failures.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => Failures.TooLarge,
        StatusCodes.Status429TooManyRequests => Failures.TooManyTries,
        StatusCodes.Status500InternalServerError => Failures.Unexpected,
        _ => null,
    };

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing here",
        StatusCodes.Status401Unauthorized => "Sign in to go on",
        StatusCodes.Status403Forbidden => "This is not for you to open",
        StatusCodes.Status429TooManyRequests => "Too many tries",
        StatusCodes.Status503ServiceUnavailable => "The site is busy",
        >= StatusCodes.Status500InternalServerError => "Something went wrong",
        _ => "That did not work",
    };
}
