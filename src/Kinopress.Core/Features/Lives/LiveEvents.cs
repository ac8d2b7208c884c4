using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Lives;

/// <summary>What every event about a live says: which one.</summary>
public abstract record LiveEvent(Guid LiveId, string PublicId) : SiteEvent;

/// <summary>A live can be found by its audience; its waiting room is open where it is scheduled.</summary>
public sealed record LiveCreated(Guid LiveId, string PublicId, DateTimeOffset? ScheduledAt) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.created";

    public override string Kind => Name;
}

/// <summary>A live's words, audience, plan or settings changed.</summary>
public sealed record LiveEdited(Guid LiveId, string PublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.edited";

    public override string Kind => Name;
}

/// <summary>A live has a new stream key. Whoever sends with the old one may go on until he stops.</summary>
public sealed record LiveStreamKeyRotated(Guid LiveId, string PublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.stream_key_rotated";

    public override string Kind => Name;
}

/// <summary>A live is on air.</summary>
public sealed record LiveStarted(Guid LiveId, string PublicId, Guid SessionId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.started";

    public override string Kind => Name;
}

/// <summary>The encoder of a live is away; it may be back soon.</summary>
public sealed record LiveInterrupted(Guid LiveId, string PublicId, Guid SessionId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.interrupted";

    public override string Kind => Name;
}

/// <summary>The encoder of a live is back.</summary>
public sealed record LiveResumed(Guid LiveId, string PublicId, Guid SessionId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.resumed";

    public override string Kind => Name;
}

/// <summary>A moment of a live was marked.</summary>
public sealed record LiveMarked(Guid LiveId, string PublicId, Guid SessionId, long OffsetMs, string Title) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.marked";

    public override string Kind => Name;
}

/// <summary>A live is off the air. Whatever still sends to it or plays it has to stop.</summary>
public sealed record LiveEnded(Guid LiveId, string PublicId, Guid SessionId, LiveEndReason Reason) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.ended";

    public override string Kind => Name;
}

/// <summary>The recording of a live became a video. <c>video.published</c> comes beside it unless the live is private.</summary>
public sealed record LiveRecorded(Guid LiveId, string PublicId, Guid SessionId, string VideoPublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.recorded";

    public override string Kind => Name;
}

/// <summary>A live went to the trash.</summary>
public sealed record LiveDeleted(Guid LiveId, string PublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.deleted";

    public override string Kind => Name;
}

/// <summary>A live came back from the trash.</summary>
public sealed record LiveRestored(Guid LiveId, string PublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.restored";

    public override string Kind => Name;
}

/// <summary>A live is gone for good; its replays are videos and stay.</summary>
public sealed record LivePurged(Guid LiveId, string PublicId) : LiveEvent(LiveId, PublicId)
{
    public const string Name = "live.purged";

    public override string Kind => Name;
}
