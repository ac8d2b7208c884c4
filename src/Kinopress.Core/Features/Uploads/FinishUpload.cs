using Kinopress.Core.Data;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;

namespace Kinopress.Core.Features.Uploads;

/// <summary>
/// Makes a video of a complete upload. What is not a video is refused here and leaves nothing behind. Where ffmpeg is
/// missing the file is taken on trust and looked at once ffmpeg is there.
/// </summary>
public sealed class FinishUpload(KinopressDbContext db, UploadFiles files, IBlobStore blobs, MediaProbe probe, TimeProvider clock)
{
    /// <returns>The video; or one of <see cref="MediaFailures"/>, after which the upload is gone.</returns>
    public async Task<Result<Video>> RunAsync(Upload upload, CancellationToken cancellationToken)
    {
        var path = files.PathOf(upload.Id.Value);
        var looked = await probe.LookAsync(path, cancellationToken);
        if (looked.Failure is { } refusal)
        {
            db.Uploads.Remove(upload);
            await db.SaveChangesAsync(cancellationToken);
            files.Delete(upload.Id.Value);
            return refusal;
        }

        var details = new NewVideo(upload.Title, upload.Visibility, upload.PublishWhenReady);
        var video = Video.FromUpload(details, upload.ChannelId, federationId: RandomUuid.New(), clock);
        var hash = await files.HashAsync(upload.Id.Value, cancellationToken);
        var original = Original.Create(video, upload.FileName, upload.Length, hash, looked.Media);
        db.Videos.Add(video);
        db.VideoCounters.Add(new VideoCounter { VideoId = video.Id });
        db.Originals.Add(original);
        upload.Finish(video.PublicId);
        db.Record(new VideoCreated(video.Id.Value, video.PublicId), clock.GetUtcNow());

        // The row before the file: a crash in between leaves the bytes where RecoverUploads finds them.
        await db.SaveChangesAsync(cancellationToken);
        await blobs.PutAsync(original.BlobKey, path, CancellationToken.None);
        files.Forget(upload.Id.Value);
        return video;
    }
}
