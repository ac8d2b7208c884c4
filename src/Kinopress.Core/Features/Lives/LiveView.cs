using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>A live made for reading: pages, themes and the API build on it. Never holds its stream key.</summary>
public sealed record LiveView
{
    public required Id<Live> Id { get; init; }

    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Visibility Visibility { get; init; }

    public required LiveState State { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public required int DvrWindowInSeconds { get; init; }

    public required bool Records { get; init; }

    public required bool AllowsClips { get; init; }

    public required bool HasChat { get; init; }

    public required bool HasLadder { get; init; }

    /// <summary>When it last went on air; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last ended; null before that and while it is on air.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required int Revision { get; init; }

    public required VideoChannelView Channel { get; init; }

    /// <summary>The newest video it left, when that is not in the trash; null when there is none.</summary>
    public LiveReplayView? Replay { get; init; }

    /// <summary>Which one that is.</summary>
    public Id<Video>? ReplayVideoId { get; init; }

    public bool IsOnAir => State is LiveState.Live or LiveState.Interrupted;

    /// <summary>Its audience may find it from the moment it exists.</summary>
    public VideoAudience Audience => new(Channel.OwnerId, Visibility, CreatedAt, DeletedAt);
}

/// <summary>The video a live left.</summary>
public sealed record LiveReplayView(string PublicId, VideoAudience Audience);

/// <summary>A live as its media addresses see it.</summary>
public sealed record LiveMedia(Id<Live> Id, VideoAudience Audience, LiveState State);

/// <summary>A live as whoever receives its stream needs it.</summary>
public sealed record LiveIngest(
    Id<Live> Id,
    string PublicId,
    string Title,
    LiveState State,
    int DvrWindowInSeconds,
    bool Records,
    bool HasLadder,
    Guid OwnerId);

/// <summary>A session of which something is left to do, as found after a crash.</summary>
/// <param name="EndedAt">Null when nobody noticed its end.</param>
/// <param name="ReplayId">The id its replay will have; its files belong under <see cref="Renditions.RecordedRendition.BlobKeyOf"/> of it.</param>
/// <param name="Records">False: there is nothing to save, it only has to be ended.</param>
public sealed record UnfinishedLiveSession(
    Id<LiveSession> Id, Id<Live> LiveId, string PublicId, int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string RecordingFolder, Id<Video> ReplayId, bool Records);

/// <summary>One time on air, as its creator sees it.</summary>
/// <param name="ReplayPublicId">Null when it left no video.</param>
public sealed record LiveSessionView(
    Id<LiveSession> Id,
    int Number,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    LiveEndReason? EndReason,
    DateTimeOffset? InterruptedAt,
    int PeakViewers,
    string? EncoderName,
    string? ReplayPublicId,
    IReadOnlyList<LiveMarkerView> Markers);

/// <summary>A marked moment.</summary>
/// <param name="OffsetInMilliseconds">Since the session started.</param>
public sealed record LiveMarkerView(Id<LiveMarker> Id, long OffsetInMilliseconds, string Title);
