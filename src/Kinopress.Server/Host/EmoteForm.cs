using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kinopress.Server.Host;

/// <summary>
/// The form that brings a new emote, as API and Studio take it. Read after the caller is known, in memory, and no further than
/// an emote may be long: the rest passes by, so that whoever sent too much hears why.
/// </summary>
/// <param name="Name">Null when it was left out.</param>
/// <param name="Picture">What was sent; cut off one byte beyond what is allowed. Null when it was left out.</param>
/// <param name="Fields">What else was sent, by name.</param>
internal sealed record EmoteForm(string? Name, ReadOnlyMemory<byte>? Picture, IReadOnlyDictionary<string, string> Fields)
{
    public const string NameField = "name";
    public const string PictureField = "picture";

    // Beyond that nobody is heard out.
    private const long MaxBodySizeInBytes = 16L * 1024 * 1024;
    private const int MaxSections = 10;
    private const int MaxFieldLength = 8 * 1024;

    /// <returns><c>request.invalid</c> for what is no such form; <c>request.too_large</c>.</returns>
    public static async Task<Result<EmoteForm>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
        {
            return Failures.BadRequest;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
        {
            bodySize.MaxRequestBodySize = MaxBodySizeInBytes;
        }

        try
        {
            return await ReadAsync(new MultipartReader(boundary, context.Request.Body), cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Failures.TooLarge;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException)
        {
            return Failures.BadRequest; // it is not what it says it is, or ends too early
        }
    }

    private static async Task<EmoteForm> ReadAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        ReadOnlyMemory<byte>? picture = null;
        for (var count = 0; count < MaxSections && await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (section.AsFileSection() is { Name: PictureField } file)
            {
                picture = await ReadPictureAsync(file.FileStream ?? Stream.Null, cancellationToken);
                continue;
            }

            if (section.AsFormDataSection() is { Name: { Length: > 0 } name })
            {
                fields[name] = await ReadFieldAsync(section.Body, cancellationToken);
            }
        }

        return new EmoteForm(fields.GetValueOrDefault(NameField), picture, fields);
    }

    private static async Task<byte[]> ReadPictureAsync(Stream sent, CancellationToken cancellationToken)
    {
        var bytes = new byte[ChatEmote.MaxFileSizeInBytes + 1];
        var length = await sent.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        await sent.CopyToAsync(Stream.Null, cancellationToken);
        return bytes[..length];
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var buffer = new char[MaxFieldLength];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellationToken));
    }
}
