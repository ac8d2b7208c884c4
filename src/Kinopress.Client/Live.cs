using System.Text.Json.Serialization;

namespace Kinopress.Client;

/// <summary>A live as the caller may see it.</summary>
public sealed record Live
{
    /// <summary>Its name in addresses; never changes, and never that of a video.</summary>
    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>public, unlisted, private or internal; more may come.</summary>
    public required string Visibility { get; init; }

    /// <summary>idle, waiting, live, interrupted or ended.</summary>
    public required string State { get; init; }

    /// <summary>When it is planned to go on air; null when nothing is planned.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>When it last went on air; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last ended; null before that and while it is on air.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many watch at this moment.</summary>
    public int Viewers { get; init; }

    /// <summary>How far back viewers may rewind while it is on air.</summary>
    public int DvrWindowSeconds { get; init; }

    /// <summary>Each time on air leaves a video.</summary>
    public bool Record { get; init; }

    public bool AllowClips { get; init; }

    public bool Chat { get; init; }

    /// <summary>Smaller qualities are made while it is on air.</summary>
    public bool Ladder { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it went to the trash; null when it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public required VideoChannel Channel { get; init; }

    public required LivePlayback Playback { get; init; }

    /// <summary>Relative to the site's root, as are all addresses but those of <see cref="Ingest"/>.</summary>
    public required string WatchUrl { get; init; }

    /// <summary>The public id of the newest video it left; null when there is none for the caller.</summary>
    public string? Replay { get; init; }

    /// <summary>Null for those who do not manage it, and while nothing is known.</summary>
    public LiveHealth? Health { get; init; }

    /// <summary>Null for those who do not manage it.</summary>
    public LiveIngest? Ingest { get; init; }

    /// <summary>What to give an edit as <c>If-Match</c>; null for a live from a list.</summary>
    [JsonIgnore]
    public string? ETag { get; internal set; }
}

/// <summary>How to play a live. The address may carry a signature and then lasts for some hours.</summary>
/// <param name="HlsUrl">Answers once the live is on air; null for who may not watch.</param>
public sealed record LivePlayback(string? HlsUrl);

/// <summary>Where an encoder sends to.</summary>
/// <param name="Url">Null where the site takes no encoders in.</param>
/// <param name="StreamKey">Only in the answer that made it.</param>
public sealed record LiveIngest(string? Url, string? StreamKey);

/// <summary>How well what the encoder sends arrives.</summary>
/// <param name="BitrateBps">Bits per second.</param>
/// <param name="FrameRate">Frames per second.</param>
/// <param name="KeyframeIntervalMs">Null until two keyframes have come.</param>
/// <param name="Advice">What to change, the most important first.</param>
public sealed record LiveHealth(long BitrateBps, double FrameRate, long? KeyframeIntervalMs, IReadOnlyList<LiveAdvice> Advice);

/// <summary>Something to change at the encoder.</summary>
public sealed record LiveAdvice(string Code, string Message);

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record LivePage(IReadOnlyList<Live> Items, string? Next);

/// <summary>What a live shall be, or become; null leaves a thing as it is, an empty text removes it.</summary>
public sealed record LiveEdit
{
    /// <summary>A new live needs one.</summary>
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>public, unlisted, private or internal; a new live is public.</summary>
    public string? Visibility { get; init; }

    /// <summary>When it is planned to go on air (RFC 3339).</summary>
    public string? ScheduledAt { get; init; }

    /// <summary>0 to 43200; two hours for a new live.</summary>
    public int? DvrWindowSeconds { get; init; }

    public bool? Record { get; init; }

    public bool? AllowClips { get; init; }

    public bool? Chat { get; init; }

    public bool? Ladder { get; init; }
}

/// <summary>One time on air.</summary>
/// <param name="Number">From 1.</param>
/// <param name="EndReason">creator, encoderStopped, encoderLost, siteStopped or siteCrashed; null while it is on air.</param>
/// <param name="Replay">The public id of the video it left; null when it left none.</param>
public sealed record LiveSession(
    int Number,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? EndReason,
    DateTimeOffset? InterruptedAt,
    int PeakViewers,
    string? EncoderName,
    string? Replay,
    IReadOnlyList<LiveMarker> Markers);

/// <summary>A marked moment.</summary>
/// <param name="OffsetMs">Milliseconds since the session started.</param>
public sealed record LiveMarker(long OffsetMs, string Title);

/// <summary>One page of sessions, newest first.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record LiveSessionPage(IReadOnlyList<LiveSession> Items, string? Next);

/// <summary>What part of a list is asked for.</summary>
public sealed record LiveQuery
{
    /// <summary>1 to 100; null for the site's choice.</summary>
    public int? Limit { get; init; }

    /// <summary>From the previous page; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>A channel's handle; null for the whole site. Not for the caller's own.</summary>
    public string? Channel { get; init; }

    /// <summary>What the caller manages, newest first, instead of what is on air and planned.</summary>
    public bool Mine { get; init; }

    /// <summary>all or trash; only for the caller's own.</summary>
    public string? Status { get; init; }
}

internal sealed record NewLiveMarker(string? Title, long? OffsetMs);
