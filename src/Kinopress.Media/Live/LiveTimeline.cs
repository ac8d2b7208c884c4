using System.Runtime.InteropServices;

namespace Kinopress.Media.Live;

/// <summary>A moment of a session.</summary>
/// <param name="Milliseconds">Of media time, from 0 at the session's start; strictly rising in each track.</param>
/// <param name="IsJump">
/// The publisher's clock jumped before this. Media time goes on; what was lost meanwhile may deserve a new stretch, best from
/// the next keyframe on.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LiveMoment(long Milliseconds, bool IsJump);

/// <summary>
/// Turns a publisher's timestamps, which start anywhere, jump and stall, into the continuous media time of a session. Each
/// track has its own offset, so that a jump both make at nearly the same time counts once. Not thread-safe.
/// </summary>
public sealed class LiveTimeline
{
    /// <summary>Timestamps further apart than this are a jump of the clock; nearer ones are a pause.</summary>
    public static readonly TimeSpan MaxStep = TimeSpan.FromSeconds(3);

    private const long GuessedFrame = 33;
    private const long MaxStepBack = 500;

    private static readonly long MaxStepInMilliseconds = (long)MaxStep.TotalMilliseconds;

    private readonly Track video = new();
    private readonly Track audio = new();

    /// <summary>The latest moment of any track.</summary>
    public long Milliseconds { get; private set; }

    private bool HasStarted { get; set; }

    /// <param name="timestamp">In milliseconds, without wrapping.</param>
    public LiveMoment Map(LiveTrack kind, long timestamp)
    {
        var (track, other) = kind == LiveTrack.Video ? (video, audio) : (audio, video);
        var isJump = false;
        if (!track.Continues(timestamp))
        {
            // The other track may already have made the same jump, or have gone on while this one paused.
            var joins = other.IsNear(timestamp) && (other.Offset != track.Offset || timestamp > track.LastTimestamp);
            isJump = track.Offset is not null && !joins;
            track.Offset = joins ? other.Offset : NextMoment() - timestamp;
        }

        var moment = timestamp + (track.Offset ?? 0);
        moment = track.LastMoment is { } last ? Math.Max(moment, last + 1) : moment;
        (track.LastTimestamp, track.LastMoment) = (timestamp, moment);
        Milliseconds = HasStarted ? Math.Max(Milliseconds, moment) : moment;
        HasStarted = true;
        return new LiveMoment(moment, isJump);
    }

    /// <summary>A new connection: whatever its timestamps are, they follow on the last moment.</summary>
    /// <param name="pause">How much media time passes in between.</param>
    public void Reconnect(TimeSpan pause)
    {
        Milliseconds += (long)Math.Max(0, pause.TotalMilliseconds);
        (video.Offset, audio.Offset) = (null, null);
    }

    private long NextMoment() => HasStarted ? Milliseconds + GuessedFrame : 0;

    private sealed class Track
    {
        /// <summary>Media time minus timestamp; null until the first one.</summary>
        public long? Offset { get; set; }

        public long LastTimestamp { get; set; }

        public long? LastMoment { get; set; }

        /// <summary>Steps back are never a pause: past a little disorder they are a jump.</summary>
        public bool Continues(long timestamp) =>
            Offset is not null && (Int128)timestamp - LastTimestamp is var step && step >= -MaxStepBack && step <= MaxStepInMilliseconds;

        public bool IsNear(long timestamp) =>
            Offset is not null && Int128.Abs((Int128)timestamp - LastTimestamp) <= MaxStepInMilliseconds;
    }
}
