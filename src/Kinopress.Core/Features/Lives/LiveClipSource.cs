using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>Which live a clip was cut out of. Goes with either.</summary>
public sealed class LiveClipSource
{
    private LiveClipSource()
    {
    }

    public Id<Video> VideoId { get; private set; }

    public Id<Live> LiveId { get; private set; }

    internal static LiveClipSource Create(Id<Video> videoId, Id<Live> liveId) => new() { VideoId = videoId, LiveId = liveId };
}
