using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Renditions;

/// <summary>Where a video's files live in the blob store.</summary>
internal static class RenditionBlobs
{
    /// <summary>Everything of a video is below this, so that deleting it is one call.</summary>
    public static string FolderOf(Id<Video> videoId) => $"videos/{videoId.Value:N}";

    public static string ChunkKey(Id<Video> videoId, string renditionKey, string chunkName) =>
        $"{FolderOf(videoId)}/{renditionKey}/{chunkName}.mp4";

    public static string ImageKey(Id<Video> videoId, string name) => $"{FolderOf(videoId)}/images/{name}";
}
