using System.Globalization;
using System.IO.Pipelines;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kinopress.Server.Api.V1;

/// <summary>tus 1.0.0: core, creation, creation-with-upload, expiration, termination; and a list, so that a page can offer to go on.</summary>
internal static class UploadsApi
{
    private const string VideoHeader = "Kinopress-Video";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        var uploads = api.MapGroup("/uploads").WithTags("Uploads").AddEndpointFilter(SpeakTusAsync);
        uploads.MapGet("", List).WithName("listUploads").WithSummary("Your unfinished uploads").RequireScope(Scope.VideosWrite);
        uploads.MapMethods("", [HttpMethods.Options], Describe).ExcludeFromDescription();
        uploads.MapPost("", Create).WithName("createUpload").WithSummary("Open an upload (tus creation)")
            .SpeaksTus(sendsBytes: false, ("Upload-Length", "Of the whole file, in bytes."), ("Upload-Metadata", "Keys and base64 values: filename, title, visibility. With a visibility the video is published to that audience as soon as it plays.")).RequireScope(Scope.VideosWrite);
        uploads.MapMethods("/{id:guid}", [HttpMethods.Head], Stand).WithName("getUploadOffset").WithSummary("Where an upload stands (tus core)")
            .SpeaksTus(sendsBytes: false).RequireScope(Scope.VideosWrite);
        uploads.MapPatch("/{id:guid}", Append).WithName("appendToUpload").WithSummary("Send the next bytes (tus core); the answer to the last ones names the video in Kinopress-Video")
            .SpeaksTus(sendsBytes: true, ("Upload-Offset", "Where these bytes belong: what has arrived so far.")).RequireScope(Scope.VideosWrite);
        uploads.MapDelete("/{id:guid}", Delete).WithName("deleteUpload").WithSummary("Cancel an upload (tus termination)")
            .SpeaksTus(sendsBytes: false).RequireScope(Scope.VideosWrite);
    }

    private static async ValueTask<object?> SpeakTusAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Tus-Resumable"] = TusHeaders.Version;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
        {
            bodySize.MaxRequestBodySize = null; // the upload's own length is the limit
        }

        var speaksTus = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
            || http.Request.Headers["Tus-Resumable"] == TusHeaders.Version;
        if (!speaksTus)
        {
            http.Response.Headers["Tus-Version"] = TusHeaders.Version;
            return TypedResults.Problem(
                "Send the header Tus-Resumable: 1.0.0.",
                statusCode: StatusCodes.Status412PreconditionFailed,
                type: "urn:kinopress:problem:upload.tus_version",
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "upload.tus_version" });
        }

        return await next(context);
    }

    private static NoContent Describe(HttpContext context, KinopressOptions options)
    {
        TusHeaders.Describe(context.Response.Headers, options.MaxUploadSizeInBytes > 0 ? options.MaxUploadSizeInBytes : null);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<UploadListResponse>> List(Caller caller, UploadQueries uploads, CancellationToken cancellationToken)
    {
        var unfinished = await uploads.ListUnfinishedAsync(caller, cancellationToken);
        return TypedResults.Ok(new UploadListResponse([.. unfinished.Select(upload => new UploadResponse(
            upload.Id.Value, $"{ApiGroup.Prefix}/uploads/{upload.Id}", upload.FileName, upload.Title, upload.Length, upload.Offset, upload.CreatedAt, upload.ExpiresAt))]));
    }

    private static async Task<IResult> Create(
        HttpContext context, Caller caller, CreateUpload createUpload, AppendToUpload appendToUpload, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        if (TusHeaders.ParseMetadata(headers["Upload-Metadata"]) is not { } metadata)
        {
            return Malformed("Upload-Metadata").ToProblem();
        }

        long? length = long.TryParse(headers["Upload-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        var request = new UploadRequest(length, metadata.GetValueOrDefault("filename"), metadata.GetValueOrDefault("title"), metadata.GetValueOrDefault("visibility"));
        if ((await createUpload.RunAsync(request, caller, cancellationToken)).Failed(out var failure, out var upload))
        {
            return failure.ToProblem();
        }

        context.Response.Headers.Location = $"{context.Request.Scheme}://{context.Request.Host}{ApiGroup.Prefix}/uploads/{upload.Id}";
        context.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (!string.Equals(context.Request.ContentType, TusHeaders.OffsetType, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.StatusCode(StatusCodes.Status201Created);
        }

        // creation-with-upload: the answer to the creation also says how much was taken.
        var appended = await appendToUpload.RunAsync(upload.Id, offset: 0, context.Request.BodyReader, caller, cancellationToken);
        return Answer(context, appended, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Stand(
        Guid id, HttpContext context, Caller caller, UploadQueries uploads, AppendToUpload appendToUpload, CancellationToken cancellationToken)
    {
        if ((await uploads.GetProgressAsync(new Id<Upload>(id), caller, cancellationToken)).Failed(out var failure, out var progress))
        {
            return failure.ToProblem();
        }

        // Every byte is here but no video: the end was interrupted. A client that asks would believe itself done.
        if (progress.VideoPublicId is null && progress.Offset == progress.Length)
        {
            var ended = await appendToUpload.RunAsync(new Id<Upload>(id), progress.Offset, PipeReader.Create(Stream.Null), caller, cancellationToken);
            if (ended.Failed(out failure, out var finished) && failure != UploadFailures.InUse)
            {
                return failure.ToProblem();
            }

            progress = finished ?? progress; // while another connection is ending it, the answer is where it stands
        }

        context.Response.Headers["Upload-Length"] = progress.Length.ToString(CultureInfo.InvariantCulture);
        return Answer(context, progress, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Append(
        Guid id, HttpContext context, Caller caller, AppendToUpload appendToUpload, CancellationToken cancellationToken)
    {
        if (!string.Equals(context.Request.ContentType, TusHeaders.OffsetType, StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Problem(
                $"Send the bytes as {TusHeaders.OffsetType}.",
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                type: "urn:kinopress:problem:upload.content_type",
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "upload.content_type" });
        }

        if (!long.TryParse(context.Request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return Malformed("Upload-Offset").ToProblem();
        }

        var appended = await appendToUpload.RunAsync(new Id<Upload>(id), offset, context.Request.BodyReader, caller, cancellationToken);
        return Answer(context, appended, StatusCodes.Status204NoContent);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, Caller caller, DeleteUpload deleteUpload, CancellationToken cancellationToken) =>
        (await deleteUpload.RunAsync(new Id<Upload>(id), caller, cancellationToken)).Match<Results<NoContent, ProblemHttpResult>>(
            _ => TypedResults.NoContent(), failure => failure.ToProblem());

    private static IResult Answer(HttpContext context, Result<UploadProgress> result, int status)
    {
        if (result.Failed(out var failure, out var progress))
        {
            return failure.ToProblem();
        }

        var headers = context.Response.Headers;
        headers["Upload-Offset"] = progress.Offset.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Expires"] = progress.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (progress.VideoPublicId is { } publicId)
        {
            headers[VideoHeader] = publicId;
        }

        return TypedResults.StatusCode(status);
    }

    private static Failure Malformed(string header) =>
        new(FailureKind.Invalid, "upload.header_malformed", $"The header {header} is missing or cannot be read.");
}

/// <summary>Unfinished uploads, newest first.</summary>
public sealed record UploadListResponse(IReadOnlyList<UploadResponse> Items);

/// <summary>An unfinished upload.</summary>
/// <param name="Url">Where to go on sending.</param>
/// <param name="Length">Of the whole file, in bytes.</param>
/// <param name="Offset">Bytes that have arrived.</param>
public sealed record UploadResponse(
    Guid Id, string Url, string FileName, string Title, long Length, long Offset, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
