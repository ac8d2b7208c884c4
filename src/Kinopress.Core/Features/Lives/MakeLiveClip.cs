using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// Cuts a piece out of a live on air and makes it a video that can be watched at once: the same bytes, from segment to
/// segment. It belongs to the live's channel, and only who has its address finds it.
/// </summary>
public sealed class MakeLiveClip(KinopressDbContext db, LiveQueries lives, Broadcasts broadcasts, ClippedSegments segments, ClipTurns turns, RecordingFiles recordings, TimeProvider clock)
{
    // Ninety seconds at 12 Mb/s.
    private const long LargestClipInBytes = 135_000_000;

    /// <returns>
    /// <c>live.not_found</c>, <c>account.sign_in_required</c>, <c>live.clips_not_allowed</c>, <c>live.not_live</c>,
    /// <c>live.invalid</c>, <c>live.clip_too_short</c>, <c>live.too_many_clips</c> or <c>live.no_room</c>.
    /// </returns>
    public async Task<Result<LiveClip>> RunAsync(string publicId, LiveClipRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
        {
            return AccountFailures.SignInRequired;
        }

        if ((await lives.GetAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var live))
        {
            return failure;
        }

        if (!live.AllowsClips)
        {
            return LiveFailures.ClipsNotAllowed;
        }

        if (!live.IsOnAir || broadcasts.Find(publicId) is not { HasEnded: false, SessionId: { } sessionId })
        {
            return LiveFailures.NotLive;
        }

        if (request.Check(clock.GetUtcNow(), live.DvrWindowInSeconds).Failed(out failure, out var piece))
        {
            return failure;
        }

        if (!recordings.HasRoom(LargestClipInBytes))
        {
            return LiveFailures.NoRoom;
        }

        if (!turns.Take(userId))
        {
            return LiveFailures.TooManyClips;
        }

        var id = Id<Video>.New(clock);
        return await segments.CutAsync(sessionId, piece, id, cancellationToken) is { } cut
            ? await SaveAsync(live, piece, id, cut, cancellationToken)
            : LiveFailures.ClipTooShort;
    }

    private async Task<Result<LiveClip>> SaveAsync(LiveView live, ClippedPiece piece, Id<Video> id, RecordedRendition cut, CancellationToken cancellationToken)
    {
        try
        {
            var channelId = await db.Lives.Where(candidate => candidate.Id == live.Id).Select(candidate => candidate.ChannelId).SingleAsync(cancellationToken);
            var visibility = live.Visibility == Visibility.Public ? Visibility.Unlisted : live.Visibility; // never for more people than the live
            var details = new VideoRecording(piece.Title ?? live.Title, Description: null, live.Tags, visibility, cut.Duration);
            var video = RecordedVideo.Add(db, id, details, [cut], channelId, clock);
            db.LiveClipSources.Add(LiveClipSource.Create(video.Id, live.Id));
            RecordedVideo.Announce(db, video, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return new LiveClip(video.PublicId, cut.Duration);
        }
        catch
        {
            await segments.ForgetAsync(id); // nothing would ever find these files
            throw;
        }
    }
}

/// <summary>What somebody wants cut out.</summary>
/// <param name="End">When its last moment happened; null means now.</param>
/// <param name="Duration">Null means half a minute.</param>
/// <param name="Title">Null: that of the live.</param>
public sealed record LiveClipRequest(DateTimeOffset? End, TimeSpan? Duration, string? Title)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(10);

    // Where nobody may rewind, what was just seen may be kept all the same.
    private static readonly TimeSpan SmallestWindow = TimeSpan.FromMinutes(2);

    internal Result<ClippedPiece> Check(DateTimeOffset now, int dvrWindowInSeconds)
    {
        var end = End ?? now;
        var duration = Duration ?? Usual;
        var window = TimeSpan.FromSeconds(dvrWindowInSeconds) is var rewind && rewind > SmallestWindow ? rewind : SmallestWindow;
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (duration < Shortest || duration > Longest)
        {
            mistakes["durationSeconds"] = $"Choose {Shortest.TotalSeconds:0} to {Longest.TotalSeconds:0} seconds.";
        }

        if (end > now + ClockTolerance || end < now - window)
        {
            mistakes["end"] = "Choose a moment that viewers may still rewind to.";
        }

        return mistakes.Count > 0 ? LiveFailures.Invalid(mistakes) : new ClippedPiece(end - duration, end, Text.SingleLine(Title, VideoDetails.MaxTitleLength));
    }
}

/// <summary>A piece of a session, as asked for.</summary>
/// <param name="Title">Null: that of the live.</param>
public sealed record ClippedPiece(DateTimeOffset From, DateTimeOffset To, string? Title);

/// <summary>A piece of a live that became a video.</summary>
public sealed record LiveClip(string VideoPublicId, TimeSpan Duration);
