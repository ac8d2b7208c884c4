using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Kinopress.Client;

/// <summary>Resumable uploads: tus 1.0.0 with creation and termination (tus.io/protocols/resumable-upload).</summary>
public sealed class UploadsClient
{
    private const string OffsetType = "application/offset+octet-stream";

    private readonly ApiConnection _connection;

    internal UploadsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The caller's unfinished uploads, newest first.</summary>
    public async Task<IReadOnlyList<UnfinishedUpload>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("uploads", ApiJson.Default.UploadList, cancellationToken)).Items;

    /// <param name="length">Of the whole file, in bytes.</param>
    /// <param name="title">Null to make one of the file's name.</param>
    /// <param name="visibility">When given, the video is published to that audience as soon as it plays; null leaves a draft.</param>
    /// <returns>The upload's id.</returns>
    /// <exception cref="KinopressApiException"><c>upload.empty</c>, <c>upload.too_large</c>, <c>upload.no_room</c> and others of that noun.</exception>
    public async Task<Guid> CreateAsync(
        long length, string fileName, string? title = null, string? visibility = null, CancellationToken cancellationToken = default)
    {
        using var request = Request(HttpMethod.Post, "uploads");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", Metadata(("filename", fileName), ("title", title), ("visibility", visibility)));
        using var response = await _connection.SendAsync(request, cancellationToken);
        var location = response.Headers.Location?.OriginalString ?? throw new InvalidDataException("The site did not say where the upload is.");
        return Guid.Parse(location[(location.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Where an upload stands.</summary>
    /// <exception cref="KinopressApiException">Status 404 when it does not exist any more; HEAD answers carry no code.</exception>
    public async Task<UploadProgress> GetProgressAsync(Guid id, CancellationToken cancellationToken = default)
    {
        using var request = Request(HttpMethod.Head, $"uploads/{id}");
        using var response = await _connection.SendAsync(request, cancellationToken);
        return ProgressOf(response);
    }

    /// <summary>Sends the next bytes of a stream, from where it stands.</summary>
    /// <param name="offset">Where the upload stands, in bytes.</param>
    /// <param name="length">How many bytes to send.</param>
    /// <exception cref="KinopressApiException"><c>upload.wrong_offset</c>, <c>upload.in_use</c>, <c>upload.not_found</c>, <c>upload.disk_full</c>, or a <c>media.</c> code after the last byte.</exception>
    public async Task<UploadProgress> AppendAsync(Guid id, long offset, Stream content, long length, CancellationToken cancellationToken = default)
    {
        using var request = Request(HttpMethod.Patch, $"uploads/{id}");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = new StreamPart(content, length);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(OffsetType);
        using var response = await _connection.SendAsync(request, cancellationToken);
        return ProgressOf(response);
    }

    /// <summary>Cancels an upload and frees its bytes. The video of a finished one stays.</summary>
    public async Task TerminateAsync(Guid id, CancellationToken cancellationToken = default)
    {
        using var request = Request(HttpMethod.Delete, $"uploads/{id}");
        using var response = await _connection.SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a whole file and goes on by itself after broken connections.</summary>
    /// <param name="content">Seekable; sent from its beginning.</param>
    /// <returns>The public id of the video it became.</returns>
    public Task<string> UploadAsync(
        Stream content, string fileName, string? title = null, string? visibility = null, UploadOptions? options = null, CancellationToken cancellationToken = default) =>
        new ResumingUpload(this, content, options ?? new UploadOptions()).RunAsync(fileName, title, visibility, cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, ApiConnection.AddressOf(path));
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    private static string Metadata(params (string Key, string? Value)[] pairs) =>
        string.Join(',', pairs.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value ?? ""))}"));

    private static UploadProgress ProgressOf(HttpResponseMessage response)
    {
        long? Number(string name) => response.Headers.TryGetValues(name, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number) ? number : null;
        var video = response.Headers.TryGetValues("Kinopress-Video", out var ids) ? ids.First() : null;
        return new UploadProgress(Number("Upload-Offset") ?? throw new InvalidDataException("The site did not say where the upload stands."), Number("Upload-Length"), video);
    }
}

/// <summary>How far an upload has come.</summary>
/// <param name="Offset">Bytes that have arrived.</param>
/// <param name="Length">Of the whole file; null where the answer does not say.</param>
/// <param name="VideoPublicId">The video it became; null until finished.</param>
public sealed record UploadProgress(long Offset, long? Length, string? VideoPublicId);

/// <summary>An unfinished upload. Lengths are in bytes.</summary>
public sealed record UnfinishedUpload(
    Guid Id, string Url, string FileName, string Title, long Length, long Offset, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

internal sealed record UploadList(IReadOnlyList<UnfinishedUpload> Items);
