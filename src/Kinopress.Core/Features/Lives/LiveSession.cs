using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>One time on air, from the encoder's first picture to the end, with whatever interruptions.</summary>
public sealed class LiveSession
{
    public const int MaxEncoderNameLength = 100;

    private LiveSession()
    {
    }

    public Id<LiveSession> Id { get; private set; }

    public Id<Live> LiveId { get; private set; }

    /// <summary>From 1, within its live.</summary>
    public int Number { get; private set; }

    /// <summary>The live's title when it started: the name of the replay's first chapter.</summary>
    public string Title { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Null while it is on air.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Null while it is on air.</summary>
    public LiveEndReason? EndReason { get; private set; }

    /// <summary>Since when the encoder is away; null while it is here.</summary>
    public DateTimeOffset? InterruptedAt { get; private set; }

    /// <summary>When its recording had become a video, or had been found to be none. Null until then: a crash leaves it so.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Where the recording grows: the name of a folder.</summary>
    public string RecordingFolder { get; private set; } = "";

    /// <summary>The node that has it on air and keeps its recording; null for one of an older version.</summary>
    public string? Node { get; private set; }

    /// <summary>What its recording leaves out (<see cref="RecordingTimeline"/>); null for nothing.</summary>
    public string? RecordingGaps { get; private set; }

    public int PeakViewers { get; private set; }

    /// <summary>What the encoder calls itself; null when it does not say.</summary>
    public string? EncoderName { get; private set; }

    /// <summary>Null when it left no video, or the video is gone.</summary>
    public Id<Video>? ReplayVideoId { get; private set; }

    /// <summary>The id its replay has or would have: the same as its own, so that there can never be two.</summary>
    public Id<Video> ReplayId => new(Id.Value);

    internal static LiveSession Create(Live live, string? encoderName, TimeProvider clock)
    {
        var id = Id<LiveSession>.New(clock);
        return new LiveSession
        {
            Id = id,
            LiveId = live.Id,
            Number = live.SessionCount,
            Title = live.Title,
            StartedAt = clock.GetUtcNow(),
            RecordingFolder = id.Value.ToString("N"),
            EncoderName = Text.SingleLine(encoderName, MaxEncoderNameLength),
        };
    }

    /// <param name="node">Its name.</param>
    public void RunOn(string node) => Node = node;

    public void Interrupt(DateTimeOffset at) => InterruptedAt ??= at;

    public void Resume() => InterruptedAt = null;

    /// <summary>The first ending counts; a later one changes nothing.</summary>
    /// <returns>True when this one was the first.</returns>
    public bool End(LiveEndReason reason, DateTimeOffset at)
    {
        if (EndedAt is not null)
        {
            return false;
        }

        EndedAt = at;
        EndReason = reason;
        InterruptedAt = null;
        return true;
    }

    /// <summary>Nothing of it is left to do.</summary>
    /// <param name="replay">Null when it leaves no video.</param>
    /// <param name="timeline">How its moments lie in the video; null without one.</param>
    public void Settle(Video? replay, RecordingTimeline? timeline, int peakViewers, DateTimeOffset at)
    {
        ReplayVideoId = replay?.Id;
        RecordingGaps = timeline?.Write();
        PeakViewers = Math.Max(0, peakViewers);
        SettledAt = at;
    }
}

/// <summary>Why a time on air is over.</summary>
public enum LiveEndReason
{
    /// <summary>Its creator pressed the button.</summary>
    Creator,

    /// <summary>The encoder said goodbye.</summary>
    EncoderStopped,

    /// <summary>The encoder was away for too long.</summary>
    EncoderLost,

    /// <summary>The site was shut down.</summary>
    SiteStopped,

    /// <summary>The site was killed and found it unfinished at its next start.</summary>
    SiteCrashed,
}

/// <summary>A moment of a session that somebody wants to find again; becomes a chapter of the replay.</summary>
public sealed class LiveMarker
{
    public const int MaxTitleLength = VideoChapter.MaxTitleLength;

    /// <summary>In one session.</summary>
    public const int MaxCount = 500;

    private LiveMarker()
    {
    }

    public Id<LiveMarker> Id { get; private set; }

    public Id<LiveSession> SessionId { get; private set; }

    /// <summary>Since the session started, interruptions included.</summary>
    public long OffsetInMilliseconds { get; private set; }

    public string Title { get; private set; } = "";

    internal static LiveMarker Create(LiveSession session, TimeSpan offset, string title, TimeProvider clock) => new()
    {
        Id = Id<LiveMarker>.New(clock),
        SessionId = session.Id,
        OffsetInMilliseconds = (long)offset.TotalMilliseconds,
        Title = title,
    };
}
