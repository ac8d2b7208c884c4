using System.IO.Pipelines;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kinopress.Server.Studio.Upload;

/// <summary>The upload page. Without JavaScript its form sends the files here, streamed and never whole in memory.</summary>
internal static class UploadEndpoints
{
    private const int MaxFiles = 20;
    private const int MaxFieldLength = 8 * 1024;

    public static void MapUploadPage(this RouteGroupBuilder studio)
    {
        studio.MapGet("/upload", (Caller caller, StudioFrames frames, IAntiforgery antiforgery, HttpContext context, KinopressOptions options, CancellationToken cancellationToken) =>
            ShowAsync(error: null, StatusCodes.Status200OK, caller, frames, antiforgery, context, options, cancellationToken));
        studio.MapPost("/upload", (Delegate)ReceiveFormAsync).DisableAntiforgery(); // it checks the token itself, before the first file
    }

    private static async Task<IResult> ShowAsync(
        string? error, int status, Caller caller, StudioFrames frames, IAntiforgery antiforgery, HttpContext context, KinopressOptions options, CancellationToken cancellationToken)
    {
        var limit = options.MaxUploadSizeInBytes;
        var header = antiforgery.GetTokens(context).HeaderName ?? "";
        return StudioPages.Show<UploadPage>(
            new UploadView(
                await frames.CreateAsync(StudioArea.Upload, caller, cancellationToken),
                header,
                limit == 0 ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{limit / 1_000_000_000.0:0.#} GB"),
                error),
            status);
    }

    private static async Task<IResult> ReceiveFormAsync(
        HttpContext context,
        Caller caller,
        CreateUpload createUpload,
        AppendToUpload appendToUpload,
        DeleteUpload deleteUpload,
        StudioFrames frames,
        IAntiforgery antiforgery,
        KinopressOptions options,
        DataFolder folder,
        CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
        {
            bodySize.MaxRequestBodySize = null; // the use case checks size and room
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
        {
            return await ShowAsync(Failures.BadRequest.Message, StatusCodes.Status400BadRequest, caller, frames, antiforgery, context, options, cancellationToken);
        }

        // The whole body is a little more than the files in it: whoever may not send that much is told before it is read.
        var whole = new UploadRequest(context.Request.ContentLength, FileName: null, Title: null, Visibility: null);
        if ((await createUpload.CheckAsync(whole, caller, cancellationToken)).Failed(out var refused))
        {
            return await ShowAsync(refused.Message, Failures.StatusOf(refused), caller, frames, antiforgery, context, options, cancellationToken);
        }

        var reader = new MultipartReader(boundary, context.Request.Body);
        var isTrusted = false;
        var made = 0;
        string? lastVideo = null;
        while (made <= MaxFiles && await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.AsFileSection() is not { FileName.Length: > 0 } file)
            {
                isTrusted |= await IsTokenAsync(section, context, antiforgery, cancellationToken);
                continue;
            }

            // The form prints its token before its files, so that this is known before the first byte is kept.
            if (!isTrusted)
            {
                return await ShowAsync(Failures.AntiforgeryInvalid.Message, StatusCodes.Status400BadRequest, caller, frames, antiforgery, context, options, cancellationToken);
            }

            var received = await ReceiveAsync(file, folder, options, caller, createUpload, appendToUpload, deleteUpload, cancellationToken);
            if (received.Failed(out var failure, out var publicId))
            {
                return await ShowAsync(failure.Message, Failures.StatusOf(failure), caller, frames, antiforgery, context, options, cancellationToken);
            }

            lastVideo = publicId;
            made++;
        }

        return made == 1
            ? StudioPages.Back(returnTo: null, $"/studio/videos/{lastVideo}", "uploaded", publicId: null)
            : StudioPages.Back(returnTo: null, made == 0 ? "/studio/upload" : "/studio/videos", made == 0 ? "failed" : "uploaded", publicId: null);
    }

    /// <summary>A form does not say how long each file is, so the file arrives first and is uploaded from there.</summary>
    private static async Task<Result<string>> ReceiveAsync(
        FileMultipartSection file, DataFolder folder, KinopressOptions options, Caller caller, CreateUpload createUpload, AppendToUpload appendToUpload, DeleteUpload deleteUpload, CancellationToken cancellationToken)
    {
        await using var spool = new FileBufferingReadStream(file.FileStream ?? Stream.Null, memoryThreshold: 64 * 1024, bufferLimit: options.MaxUploadSizeInBytes > 0 ? options.MaxUploadSizeInBytes : null, tempFileDirectory: folder.Temporary);
        await spool.DrainAsync(cancellationToken);
        spool.Position = 0;
        var request = new UploadRequest(spool.Length, file.FileName, Title: null, Visibility: null);
        if ((await createUpload.RunAsync(request, caller, cancellationToken)).Failed(out var failure, out var upload))
        {
            return failure;
        }

        var appended = await appendToUpload.RunAsync(upload.Id, offset: 0, PipeReader.Create(spool), caller, cancellationToken);
        if (appended.Failed(out failure, out var progress))
        {
            await deleteUpload.RunAsync(upload.Id, caller, CancellationToken.None); // a form cannot be resumed
            return failure;
        }

        return progress.VideoPublicId is { } publicId ? publicId : UploadFailures.NotFound;
    }

    private static async Task<bool> IsTokenAsync(MultipartSection section, HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var tokens = antiforgery.GetTokens(context);
        if (section.AsFormDataSection() is not { } field || field.Name != tokens.FormFieldName || tokens.HeaderName is null)
        {
            return false;
        }

        using var reader = new StreamReader(section.Body);
        var buffer = new char[MaxFieldLength];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        context.Request.Headers[tokens.HeaderName] = new string(buffer, 0, length);
        return await antiforgery.IsRequestValidAsync(context);
    }
}
