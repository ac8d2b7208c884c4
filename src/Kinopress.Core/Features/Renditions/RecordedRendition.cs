using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Renditions;

/// <summary>One quality of a live as it was recorded, with picture and sound in the same files.</summary>
/// <param name="Key">Its name in addresses: <c>source</c>, <c>720p</c>. Unique within the recording.</param>
/// <param name="Width">In pixels as shown; 0 where there was no picture.</param>
/// <param name="FrameRate">Frames per second; 0 where there was no picture.</param>
/// <param name="Chunks">In the order of time. Their files are in the blob store already.</param>
public sealed record RecordedRendition(string Key, int Width, int Height, double FrameRate, IReadOnlyList<FinishedChunk> Chunks)
{
    public bool HasPicture => Width > 0 && Height > 0;

    public TimeSpan Duration => Chunks.SelectMany(chunk => chunk.Segments).Aggregate(TimeSpan.Zero, (sum, segment) => sum + segment.Duration);

    /// <summary>Where a chunk's file has to lie, so that purging the video takes it along.</summary>
    public static string BlobKeyOf(Id<Video> videoId, string renditionKey, string chunkName) => RenditionBlobs.ChunkKey(videoId, renditionKey, chunkName);
}
