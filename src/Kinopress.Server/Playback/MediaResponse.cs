using Kinopress.Core.Storage;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Host.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Kinopress.Server.Playback;

/// <summary>Sends a part of a blob as an answer that never changes, with byte ranges (RFC 9110 §14).</summary>
internal static class MediaResponse
{
    private const string ImmutablePublic = "public, max-age=31536000, immutable";
    private const string PublicPrefix = $"/media/v/{MediaTokens.Public}/";
    private const string ImmutablePrivate = "private, max-age=21600, immutable";

    /// <summary>Answers what is ready in memory before anything else looks at the request. Ranges go the long way.</summary>
    public static IApplicationBuilder UseHotParts(this IApplicationBuilder app)
    {
        var hot = app.ApplicationServices.GetRequiredService<HotParts>();
        var memory = app.ApplicationServices.GetRequiredService<ConnectionMemory>();
        return app.Use((context, next) =>
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Path.Value is { } path
            && path.StartsWith(PublicPrefix, StringComparison.Ordinal)
            && context.Request.Headers.Range.Count == 0
            && hot.Find(path) is { } part
                ? SendAsync(context, part, memory)
                : next(context));
    }

    /// <param name="offset">Where the answer starts in the blob, in bytes.</param>
    /// <param name="length">Of the whole answer, in bytes.</param>
    public static async Task SendAsync(
        HttpContext context, IBlobStore blobs, string key, long offset, long length, string contentType, bool isPublic)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.Headers.CacheControl = isPublic ? ImmutablePublic : ImmutablePrivate;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AcceptRanges = "bytes";
        if (RangeOf(context.Request, length) is var (from, count))
        {
            if (count <= 0)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{length}";
                return;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{from + count - 1}/{length}";
            offset += from;
            length = count;
        }

        response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await blobs.CopyToAsync(key, offset, length, response.BodyWriter, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, HotPart part, ConnectionMemory memory)
    {
        var response = context.Response;
        response.ContentType = part.ContentType;
        response.ContentLength = part.Content.Length;
        response.Headers.CacheControl = ImmutablePublic;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AcceptRanges = "bytes";
        SecurityHeaders.AddToMedia(response.Headers);
        await response.StartAsync(context.RequestAborted);
        memory.Append(response.BodyWriter, part);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Null without a range we serve; a count of 0 when it lies outside. Several ranges get the whole, as RFC 9110 §14.2 allows.</summary>
    private static (long From, long Count)? RangeOf(HttpRequest request, long length)
    {
        if (request.Headers.Range.Count == 0
            || !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1)
        {
            return null;
        }

        var range = header.Ranges.Single();
        if (range.From is not { } from)
        {
            var suffix = Math.Min(range.To ?? 0, length);
            return (length - suffix, suffix);
        }

        var to = Math.Min(range.To ?? long.MaxValue, length - 1);
        return (from, Math.Max(0, to - from + 1));
    }
}
