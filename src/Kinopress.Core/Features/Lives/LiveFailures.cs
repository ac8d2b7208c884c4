using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>Refusals about lives.</summary>
public static class LiveFailures
{
    public static Failure NotFound { get; } = new(
        FailureKind.NotFound, "live.not_found", "This live does not exist, or is not for you to see.");

    public static Failure NotLive { get; } = new(
        FailureKind.Conflict, "live.not_live", "This live is not on air.");

    public static Failure OnAir { get; } = new(
        FailureKind.Conflict, "live.on_air", "This live is on air. End it first.");

    public static Failure EditedElsewhere { get; } = new(
        FailureKind.Conflict, "live.edited_elsewhere", "Somebody changed this live meanwhile. Reload it and make your change again.");

    public static Failure NotAllowed { get; } = new(
        FailureKind.Forbidden, "live.not_allowed", "Your account may not go live on this site.");

    public static Failure NoChannel { get; } = new(
        FailureKind.Forbidden, "live.no_channel", "You need a channel to go live on. Ask the people who run this site for one.");

    public static Failure ReloadInvalid { get; } = new(
        FailureKind.Invalid, "live.reload_invalid", "This part of the playlist cannot be asked for. Load the playlist without directives.");

    public static Failure Late { get; } = new(
        FailureKind.Unavailable, "live.late", "This part of the live has not come in time. Load the playlist without directives.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Failure PublishersFight { get; } = new(
        FailureKind.Conflict, "live.publishers_fight", "Another encoder sends with this stream key. Stop it first, or rotate the key.");

    public static Failure EndedJustNow { get; } = new(
        FailureKind.Conflict, "live.ended_just_now", "This live was ended in Studio a moment ago. To go live again, start your encoder in twenty seconds.");

    public static Failure TooManyMarkers { get; } = new(
        FailureKind.Conflict, "live.too_many_markers", $"This session has {LiveMarker.MaxCount} markers, and no room for another.");

    public static Failure ClipsNotAllowed { get; } = new(
        FailureKind.Forbidden, "live.clips_not_allowed", "This live may not be cut.");

    public static Failure ClipTooShort { get; } = new(
        FailureKind.Conflict, "live.clip_too_short", "Too little of this moment has been recorded. Try again in some seconds.");

    public static Failure NoRoom { get; } = new(
        FailureKind.InsufficientStorage, "live.no_room", "This site has no room for another clip. Tell whoever runs it.");

    public static Failure TooManyClips { get; } = new(
        FailureKind.TooMany, "live.too_many_clips", "You made many clips in a short time. Wait some minutes.");

    public static Failure TooManyTickets { get; } = new(
        FailureKind.Unavailable, "live.too_many_tickets", "Too many people are about to go live. Try again in a minute.");

    public static Failure NoEncoder { get; } = new(
        FailureKind.Unavailable, "live.no_encoder", "This server cannot encode for a browser: it lacks ffmpeg with libx264. Use a current Chrome or Edge, or an encoder such as OBS.");

    public static Failure EncodersBusy { get; } = new(
        FailureKind.Unavailable, "live.encoders_busy", "This server already encodes as many lives as it can. Use a current Chrome or Edge, or an encoder such as OBS, or try again later.");

    public static Failure EncoderFailed { get; } = new(
        FailureKind.Unavailable, "live.encoder_failed", "The server's encoder has ended. It is started again.");

    public static Failure SentTooFast { get; } = new(
        FailureKind.TooMany, "live.sent_too_fast", "This page sends far more than a live needs. Load it again.");

    public static Failure FormatUnknown { get; } = new(
        FailureKind.Invalid, "live.format_unknown", "A page sends frames or webm.");

    public static Failure StatusUnknown { get; } = new(
        FailureKind.Invalid, "live.status_unknown", "Ask for all or trash.");

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "live.invalid", "Some fields need another look.") { Fields = fields };
}
