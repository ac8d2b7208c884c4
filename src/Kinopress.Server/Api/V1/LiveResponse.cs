using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Api.V1;

/// <summary>A live.</summary>
/// <param name="PublicId">Its name in addresses; never changes, and never that of a video.</param>
/// <param name="State">idle, waiting (planned, its waiting room is open), live, interrupted (the encoder is away) or ended. An ended one may start again.</param>
/// <param name="Visibility">Who may watch it: public, unlisted, private or internal.</param>
/// <param name="ScheduledAt">When it is planned to go on air; null when nothing is planned.</param>
/// <param name="StartedAt">When it last went on air; null when it never did.</param>
/// <param name="EndedAt">When it last ended; null before that and while it is on air.</param>
/// <param name="Viewers">How many watch at this moment.</param>
/// <param name="DvrWindowSeconds">How far back viewers may rewind while it is on air.</param>
/// <param name="Record">Each time on air leaves a video.</param>
/// <param name="AllowClips">Viewers may cut pieces out of it.</param>
/// <param name="Ladder">Smaller qualities are made while it is on air.</param>
/// <param name="Replay">The public id of the newest video it left, where the caller may watch that; null when there is none.</param>
/// <param name="Health">How well what the encoder sends arrives; null for those who do not manage it, and while nothing is known.</param>
/// <param name="Ingest">Where to send; null for those who do not manage it.</param>
public sealed record LiveResponse(
    string PublicId,
    string Title,
    string? Description,
    IReadOnlyList<string> Tags,
    Visibility Visibility,
    LiveState State,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int Viewers,
    int DvrWindowSeconds,
    bool Record,
    bool AllowClips,
    bool Chat,
    bool Ladder,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    VideoChannelResponse Channel,
    LivePlaybackResponse Playback,
    string WatchUrl,
    string? Replay,
    LiveHealthResponse? Health,
    LiveIngestResponse? Ingest);

/// <summary>How to play a live. The address may carry a signature and then lasts for some hours.</summary>
/// <param name="HlsUrl">The multivariant playlist; answers once the live is on air. Null for who may not watch.</param>
public sealed record LivePlaybackResponse(string? HlsUrl);

/// <summary>Where an encoder sends to.</summary>
/// <param name="Url">The server's address; null where this site takes no encoders in.</param>
/// <param name="StreamKey">Only in the answer that made it; null ever after.</param>
public sealed record LiveIngestResponse(string? Url, string? StreamKey);

/// <summary>A pass to send a live from a page, once.</summary>
public sealed record BroadcastTicketResponse(string Ticket, DateTimeOffset ExpiresAt);

/// <summary>How well what the encoder sends arrives.</summary>
/// <param name="BitrateBps">Bits per second of the last seconds.</param>
/// <param name="FrameRate">Frames per second; 0 for sound alone.</param>
/// <param name="KeyframeIntervalMs">Null until two keyframes have come.</param>
/// <param name="Advice">What to change, the most important first; empty when all is well.</param>
public sealed record LiveHealthResponse(long BitrateBps, double FrameRate, long? KeyframeIntervalMs, IReadOnlyList<LiveAdviceResponse> Advice);

/// <summary>Something to change at the encoder: a stable code, and words for a person.</summary>
public sealed record LiveAdviceResponse(string Code, string Message);

/// <summary>A page of lives.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record LiveListResponse(IReadOnlyList<LiveResponse> Items, string? Next);

/// <summary>One time on air.</summary>
/// <param name="Number">From 1.</param>
/// <param name="EndReason">creator, encoderStopped, encoderLost, siteStopped or siteCrashed; null while it is on air.</param>
/// <param name="InterruptedAt">Since when the encoder is away; null while it is here.</param>
/// <param name="EncoderName">What the encoder calls itself; null when it does not say.</param>
/// <param name="Replay">The public id of the video it left; null when it left none.</param>
public sealed record LiveSessionResponse(
    int Number,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    LiveEndReason? EndReason,
    DateTimeOffset? InterruptedAt,
    int PeakViewers,
    string? EncoderName,
    string? Replay,
    IReadOnlyList<LiveMarkerResponse> Markers);

/// <summary>A marked moment.</summary>
/// <param name="OffsetMs">Milliseconds since the session started.</param>
public sealed record LiveMarkerResponse(long OffsetMs, string Title);

/// <summary>A page of sessions, newest first.</summary>
/// <param name="Next">The cursor of the following page; null on the last.</param>
public sealed record LiveSessionListResponse(IReadOnlyList<LiveSessionResponse> Items, string? Next);

/// <summary>Makes answers of what was read, with addresses and facts this caller may have.</summary>
internal sealed class LiveResponses(MediaUrls urls, IngestAddress ingest, LiveStatusBoard board, Caller caller, TimeProvider clock)
{
    public LiveListResponse From(Page<LiveView> page) => new([.. page.Items.Select(live => From(live))], page.Next);

    /// <param name="streamKey">Where it was just made; null otherwise.</param>
    public LiveResponse From(LiveView live, string? streamKey = null)
    {
        var status = board.Of(live.PublicId);
        var isManaged = caller.Owns(live.Channel.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo);
        return new LiveResponse(
            live.PublicId,
            live.Title,
            live.Description,
            live.Tags,
            live.Visibility,
            live.State,
            live.ScheduledAt,
            live.StartedAt,
            live.EndedAt,
            status.Viewers,
            live.DvrWindowInSeconds,
            live.Records,
            live.AllowsClips,
            live.HasChat,
            live.HasLadder,
            live.CreatedAt,
            live.UpdatedAt,
            live.DeletedAt,
            new VideoChannelResponse(live.Channel.Handle, live.Channel.Name, MediaUrls.Channel(live.Channel.Handle)),
            new LivePlaybackResponse(urls.Hls(live)),
            MediaUrls.Watch(live.PublicId),
            ReplayOf(live),
            isManaged && status.Health is { } health ? From(health) : null,
            isManaged ? new LiveIngestResponse(ingest.Find(), streamKey) : null);
    }

    public static LiveSessionListResponse From(Page<LiveSessionView> page) => new([.. page.Items.Select(From)], page.Next);

    private static LiveSessionResponse From(LiveSessionView session) => new(
        session.Number,
        session.StartedAt,
        session.EndedAt,
        session.EndReason,
        session.InterruptedAt,
        session.PeakViewers,
        session.EncoderName,
        session.ReplayPublicId,
        [.. session.Markers.Select(marker => new LiveMarkerResponse(marker.OffsetInMilliseconds, marker.Title))]);

    private static LiveHealthResponse From(LiveHealth health) => new(
        health.BitrateInBitsPerSecond,
        Math.Round(health.FrameRate, 2),
        (long?)health.KeyframeInterval?.TotalMilliseconds,
        [.. health.Advice.Select(advice => new LiveAdviceResponse(advice.Code, advice.Message))]);

    private string? ReplayOf(LiveView live) =>
        live.Replay is { } replay && PlaybackAccess.Decide(replay.Audience, caller, clock.GetUtcNow()) == PlaybackDecision.Allowed ? replay.PublicId : null;
}
