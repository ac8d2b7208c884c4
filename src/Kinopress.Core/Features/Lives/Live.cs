using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// A place to broadcast from: words, audience and one permanent stream key. It may go on air again and again; each time
/// is a <see cref="LiveSession"/>.
/// </summary>
public sealed class Live
{
    /// <summary>Before a stream key, so that people and scanners recognise it.</summary>
    public const string StreamKeyPrefix = "live_";

    private static readonly TimeSpan LongestRehearsal = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastBeforePlan = TimeSpan.FromMinutes(15);

    private Live()
    {
    }

    public Id<Live> Id { get; private set; }

    /// <summary>Its name in public URLs. Shares one namespace with videos: <c>/watch/{publicId}</c> serves both.</summary>
    public string PublicId { get; private set; } = "";

    public Id<Channel> ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!; // loaded by EF whenever a query includes it

    public string Title { get; private set; } = "";

    /// <summary>Plain text with line breaks; null when nothing has been written.</summary>
    public string? Description { get; private set; }

    public List<string> Tags { get; private set; } = [];

    public Visibility Visibility { get; private set; }

    public LiveState State { get; private set; }

    /// <summary>When it is planned to go on air; null when nothing is planned.</summary>
    public DateTimeOffset? ScheduledAt { get; private set; }

    /// <summary>How far back viewers may rewind while it is on air; 0 to <see cref="LiveDetails.MaxDvrWindowInSeconds"/>.</summary>
    public int DvrWindowInSeconds { get; private set; }

    /// <summary>Each time on air leaves a video.</summary>
    public bool Records { get; private set; }

    /// <summary>Viewers may cut pieces out of it.</summary>
    public bool AllowsClips { get; private set; }

    public bool HasChat { get; private set; }

    /// <summary>Smaller qualities are made while it is on air.</summary>
    public bool HasLadder { get; private set; }

    /// <summary>SHA-256 of the stream key; unique. The key itself is shown once.</summary>
    public byte[] StreamKeyHash { get; private set; } = [];

    /// <summary>How often it has been on air; also the number of the last session.</summary>
    public int SessionCount { get; private set; }

    /// <summary>When it last went on air; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it last ended; null before that and while it is on air.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When it went to the trash; null when it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Rises with every edit by a person; what <c>ETag</c> and <c>If-Match</c> compare.</summary>
    public int Revision { get; private set; }

    public bool IsOnAir => State is LiveState.Live or LiveState.Interrupted;

    /// <summary>What may be edited, as it stands.</summary>
    public LiveDetails Details => new(
        Title, Description, Tags, Visibility, ScheduledAt, DvrWindowInSeconds, Records, AllowsClips, HasChat, HasLadder);

    /// <returns>The live and its stream key, which is kept nowhere.</returns>
    public static (Live Live, string StreamKey) Create(LiveDetails details, Id<Channel> channelId, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var live = new Live
        {
            Id = Id<Live>.New(clock),
            PublicId = Foundation.PublicId.New(),
            ChannelId = channelId,
            CreatedAt = now,
        };
        live.Edit(details, now);
        return (live, live.IssueStreamKey());
    }

    /// <summary>For the one case in 2⁶⁴ that something else has the name already.</summary>
    public void Rename() => PublicId = Foundation.PublicId.New();

    /// <summary>A change of the schedule opens or closes the waiting room; while it is on air it plans the time after.</summary>
    public void Edit(LiveDetails details, DateTimeOffset now)
    {
        Title = details.Title;
        Description = details.Description;
        Tags = [.. details.Tags];
        Visibility = details.Visibility;
        ScheduledAt = details.ScheduledAt;
        DvrWindowInSeconds = details.DvrWindowInSeconds;
        Records = details.Records;
        AllowsClips = details.AllowsClips;
        HasChat = details.HasChat;
        HasLadder = details.HasLadder;
        State = IsOnAir ? State : StateOffAir;
        Touch(now);
    }

    /// <summary>Makes a new stream key; the one before opens nothing any more.</summary>
    public string RotateStreamKey(DateTimeOffset now)
    {
        Touch(now);
        return IssueStreamKey();
    }

    /// <returns><c>live.on_air</c> when it is already; <c>live.not_found</c> from the trash.</returns>
    public Result<LiveSession> StartSession(string? encoderName, TimeProvider clock)
    {
        if (DeletedAt is not null)
        {
            return LiveFailures.NotFound;
        }

        if (IsOnAir)
        {
            return LiveFailures.OnAir;
        }

        SessionCount++;
        var session = LiveSession.Create(this, encoderName, clock);
        State = LiveState.Live;
        StartedAt = session.StartedAt;
        EndedAt = null;
        return session;
    }

    /// <summary>The encoder is gone; viewers wait for it. Harmless when they do already.</summary>
    public Result<Live> Interrupt()
    {
        if (!IsOnAir)
        {
            return LiveFailures.NotLive;
        }

        State = LiveState.Interrupted;
        return this;
    }

    /// <summary>The encoder is back. Harmless when it never was away.</summary>
    public Result<Live> Resume()
    {
        if (!IsOnAir)
        {
            return LiveFailures.NotLive;
        }

        State = LiveState.Live;
        return this;
    }

    /// <summary>
    /// Takes it off the air. A rehearsal does not use up the plan: that is, at most ten minutes on air, over a quarter of an hour or more before
    /// the planned moment. Whatever is longer or nearer was the live itself, begun early.
    /// </summary>
    public Result<Live> End(DateTimeOffset at)
    {
        if (!IsOnAir)
        {
            return LiveFailures.NotLive;
        }

        ScheduledAt = ScheduledAt - at >= LeastBeforePlan && at - StartedAt <= LongestRehearsal ? ScheduledAt : null;
        State = StateOffAir;
        EndedAt = at;
        return this;
    }

    /// <returns><c>live.on_air</c>: it has to end first, since people are watching and a recording is being made.</returns>
    public Result<Live> MoveToTrash(DateTimeOffset now)
    {
        if (IsOnAir)
        {
            return LiveFailures.OnAir;
        }

        DeletedAt = now;
        Touch(now);
        return this;
    }

    public void Restore(DateTimeOffset now)
    {
        DeletedAt = null;
        Touch(now);
    }

    private LiveState StateOffAir => this switch
    {
        { ScheduledAt: not null } => LiveState.Waiting,
        { SessionCount: > 0 } => LiveState.Ended,
        _ => LiveState.Idle,
    };

    private string IssueStreamKey()
    {
        var key = SecretToken.New(StreamKeyPrefix);
        StreamKeyHash = SecretToken.Hash(key);
        return key;
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Revision++;
    }
}

/// <summary>Where a live stands.</summary>
public enum LiveState
{
    /// <summary>Never on air, and nothing planned.</summary>
    Idle,

    /// <summary>Planned; its waiting room is open.</summary>
    Waiting,

    /// <summary>On air.</summary>
    Live,

    /// <summary>On air, but the encoder is away: viewers see that it will be back soon.</summary>
    Interrupted,

    /// <summary>Was on air. The same key starts it again.</summary>
    Ended,
}
