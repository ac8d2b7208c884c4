using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;

namespace Kinopress.Core.Features.Renditions;

/// <summary>The uploaded file, or a recorded one, for a job that reads it.</summary>
internal static class OriginalFile
{
    /// <exception cref="JobFailedException">It is not in its place: on its way there, or lost.</exception>
    public static Task<LocalBlob> FetchAsync(IBlobStore blobs, Original original, CancellationToken cancellationToken) => FetchAsync(blobs, original.BlobKey, cancellationToken);

    /// <exception cref="JobFailedException">It is not in its place: on its way there, or lost.</exception>
    public static async Task<LocalBlob> FetchAsync(IBlobStore blobs, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.FetchAsync(key, cancellationToken);
        }
        catch (FileNotFoundException exception)
        {
            throw new JobFailedException("media.original_missing", "The uploaded file is not on this server. Upload it again if this stays.", exception);
        }
    }
}
