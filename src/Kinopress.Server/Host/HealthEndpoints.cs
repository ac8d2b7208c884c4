using System.Data.Common;

namespace Kinopress.Server.Host;

/// <summary>For whoever watches over the server: is the process up, is the site ready.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/healthz", Reads, () => TypedResults.Text("ok")).ExcludeFromDescription();
        app.MapMethods("/readyz", Reads, ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(SystemHealth health, CancellationToken cancellationToken)
    {
        var database = await AnswersAsync(health, cancellationToken);
        var disk = health.SpareBytes() is not <= 0;
        return TypedResults.Json(
            new { ready = database && disk, database, disk },
            statusCode: database && disk ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> AnswersAsync(SystemHealth health, CancellationToken cancellationToken)
    {
        try
        {
            return await health.DatabaseIsReadyAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException)
        {
            return false;
        }
    }
}
