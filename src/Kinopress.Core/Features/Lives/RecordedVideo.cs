using Kinopress.Core.Data;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>A video whose files lie in the blob store already: the replay of a live, or a piece cut out of it.</summary>
internal static class RecordedVideo
{
    /// <summary>Adds it with its renditions and the jobs that make its pictures. Saves nothing.</summary>
    public static Video Add(
        KinopressDbContext db, Id<Video> id, VideoRecording details, IReadOnlyList<RecordedRendition> renditions, Id<Channels.Channel> channelId, TimeProvider clock)
    {
        var video = Video.FromRecording(id, details, channelId, federationId: RandomUuid.New(), clock);
        db.Videos.Add(video);
        db.VideoCounters.Add(new VideoCounter { VideoId = video.Id });
        foreach (var recorded in renditions.Where(rendition => rendition.Duration > TimeSpan.Zero))
        {
            var rendition = Rendition.Recorded(video.Id, recorded, clock);
            db.Renditions.Add(rendition);
            db.RenditionChunks.AddRange(recorded.Chunks.Select((chunk, index) => RenditionChunk.Create(rendition, index, chunk, clock)));
        }

        if (renditions.Any(rendition => rendition.HasPicture))
        {
            db.Jobs.Add(MakePoster.JobFor(video.Id.Value, clock));
            db.Jobs.Add(MakeStoryboard.JobFor(video.Id.Value, clock));
        }

        return video;
    }

    /// <summary>Tells everybody that it is there. Saves nothing.</summary>
    public static void Announce(KinopressDbContext db, Video video, DateTimeOffset now)
    {
        db.Record(new VideoBecamePlayable(video.Id.Value, video.PublicId), now);
        if (video.PublishedAt is { } published)
        {
            db.Record(new VideoPublished(video.Id.Value, video.PublicId, published), now);
        }
    }
}
