using System.Net;
using System.Net.Sockets;
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
        options.AddPolicy(Credentials, context => HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method) || HttpMethods.IsPatch(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                NetworkOf(context.Connection.RemoteIpAddress),
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

    /// <summary>Whoever has one IPv6 address has the 2^64 beside it too.</summary>
    public static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };
}
