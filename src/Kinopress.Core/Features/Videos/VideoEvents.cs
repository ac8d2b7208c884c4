using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Videos;

/// <summary>What every event about a video says: which one.</summary>
public abstract record VideoEvent(Guid VideoId, string PublicId) : SiteEvent;

/// <summary>A video has its bytes and waits to be made playable.</summary>
public sealed record VideoCreated(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.created";

    public override string Kind => Name;
}

/// <summary>A video plays for the first time.</summary>
public sealed record VideoBecamePlayable(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.became_playable";

    public override string Kind => Name;
}

/// <summary>A video has a new picture, quality or state.</summary>
public sealed record VideoMediaChanged(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.media_changed";

    public override string Kind => Name;
}

/// <summary>A video's words or audience changed.</summary>
public sealed record VideoEdited(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.edited";

    public override string Kind => Name;
}

/// <summary>A video is visible to its audience, or will be at a set moment.</summary>
public sealed record VideoPublished(Guid VideoId, string PublicId, DateTimeOffset At) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.published";

    public override string Kind => Name;
}

/// <summary>A video is a draft again.</summary>
public sealed record VideoUnpublished(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.unpublished";

    public override string Kind => Name;
}

/// <summary>A video went to the trash.</summary>
public sealed record VideoDeleted(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.deleted";

    public override string Kind => Name;
}

/// <summary>A video came back from the trash.</summary>
public sealed record VideoRestored(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.restored";

    public override string Kind => Name;
}

/// <summary>A video and all its files are gone for good.</summary>
public sealed record VideoPurged(Guid VideoId, string PublicId) : VideoEvent(VideoId, PublicId)
{
    public const string Name = "video.purged";

    public override string Kind => Name;
}
