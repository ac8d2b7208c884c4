using System.Net;

namespace Kinopress.Client;

/// <summary>How a whole file is sent.</summary>
public sealed record UploadOptions
{
    /// <summary>Bytes in one request, so that a proxy with a limit lets them pass.</summary>
    public long ChunkSize { get; init; } = 64L * 1024 * 1024;

    /// <summary>How often in a row a request may fail before the upload is given up.</summary>
    public int MaxFailures { get; init; } = 8;

    /// <summary>The pause after the first failure; doubled after each, up to half a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Told the bytes that have arrived after each request; null for nobody.</summary>
    public Action<long>? OnProgress { get; init; }
}

/// <summary>One file on its way: after a failure it asks where the upload stands and goes on from there.</summary>
internal sealed class ResumingUpload(UploadsClient uploads, Stream content, UploadOptions options)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public async Task<string> RunAsync(string fileName, string? title, string? visibility, CancellationToken cancellationToken)
    {
        var id = await uploads.CreateAsync(content.Length, fileName, title, visibility, cancellationToken);
        var offset = 0L;
        var failures = 0;
        while (true)
        {
            try
            {
                // After a failure only the site knows what arrived.
                var progress = failures == 0 ? null : await uploads.GetProgressAsync(id, cancellationToken);
                progress = progress is { VideoPublicId: not null } ? progress : await SendAsync(id, progress?.Offset ?? offset, cancellationToken);
                if (progress.VideoPublicId is { } publicId)
                {
                    return publicId;
                }

                offset = progress.Offset;
                failures = 0;
                options.OnProgress?.Invoke(offset);
            }
            catch (Exception exception) when (MayHelpToRetry(exception, cancellationToken) && ++failures <= options.MaxFailures)
            {
                var pause = options.FirstPause * Math.Pow(2, failures - 1);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellationToken);
            }
        }
    }

    private Task<UploadProgress> SendAsync(Guid id, long offset, CancellationToken cancellationToken)
    {
        content.Position = offset;
        return uploads.AppendAsync(id, offset, content, Math.Min(options.ChunkSize, content.Length - offset), cancellationToken);
    }

    private static bool MayHelpToRetry(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        KinopressApiException refused => refused.Code is "upload.wrong_offset" or "upload.in_use" || refused.Problem.MayHelpToRetry,
        HttpRequestException or IOException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested, // the client's own time limit
        _ => false,
    };
}

/// <summary>The next bytes of a stream as a request's body; leaves the stream open.</summary>
internal sealed class StreamPart(Stream content, long length) : HttpContent
{
    private const int BufferSize = 128 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var left = length;
        while (left > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException("The stream is shorter than it said.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
