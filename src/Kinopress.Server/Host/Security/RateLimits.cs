using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Kinopress.Server.Host.Security;

/// <summary>How often one address may try things that are worth guessing at.</summary>
internal static class RateLimits
{
    /// <summary>For every form that takes a password or makes an account.</summary>
    public const string Credentials = "credentials";

    private const int TriesPerMinute = 20;

    public static void Configure(RateLimiterOptions options)
    {
        options.AddPolicy(Credentials, context => HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, _) =>
        {
            if (ErrorHandling.WantsPage(context.HttpContext))
            {
                context.HttpContext.Items[ErrorHandling.FailureItem] = Failures.TooManyTries;
                context.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            }

            await context.HttpContext.WriteProblemAsync(Failures.TooManyTries);
        };
    }
}
