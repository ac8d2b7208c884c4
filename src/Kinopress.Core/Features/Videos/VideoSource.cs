using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>Where a video's bytes come from. A video may have several; the first that lives is played.</summary>
public sealed class VideoSource
{
    private VideoSource()
    {
    }

    public Id<VideoSource> Id { get; private set; }

    public Id<Video> VideoId { get; private set; }

    public SourceKind Kind { get; private set; }

    /// <summary>Lower is preferred.</summary>
    public int Priority { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    internal static VideoSource Upload(Id<Video> videoId, TimeProvider clock) => Create(videoId, SourceKind.Upload, clock);

    internal static VideoSource Recording(Id<Video> videoId, TimeProvider clock) => Create(videoId, SourceKind.Recording, clock);

    private static VideoSource Create(Id<Video> videoId, SourceKind kind, TimeProvider clock) => new()
    {
        Id = Id<VideoSource>.New(clock),
        VideoId = videoId,
        Kind = kind,
        CreatedAt = clock.GetUtcNow(),
    };
}

/// <summary>Kinds of source. Others (another platform, another site, a playlist address) join as they are built.</summary>
public enum SourceKind
{
    /// <summary>A file somebody gave us: our own renditions.</summary>
    Upload,

    /// <summary>A live that was recorded here: our own renditions, and no original.</summary>
    Recording,
}

/// <summary>A picture of a video, at one width. Its name carries a hash of its content, so its address never changes meaning.</summary>
public sealed class VideoImage
{
    private VideoImage()
    {
    }

    public Id<VideoImage> Id { get; private set; }

    public Id<Video> VideoId { get; private set; }

    /// <summary>File name under the video's media address.</summary>
    public string Name { get; private set; } = "";

    public string BlobKey { get; private set; } = "";

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    public static VideoImage Create(Id<Video> videoId, string name, string blobKey, int width, int height, TimeProvider clock) => new()
    {
        Id = Id<VideoImage>.New(clock),
        VideoId = videoId,
        Name = name,
        BlobKey = blobKey,
        Width = width,
        Height = height,
    };
}

/// <summary>A video's numbers, apart from its words: they change a thousand times as often.</summary>
public sealed class VideoCounter
{
    public required Id<Video> VideoId { get; init; }

    public long Views { get; private set; }
}
