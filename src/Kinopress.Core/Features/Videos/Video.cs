using Kinopress.Core.Features.Channels;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>A video: its words, its audience and how far it has come. Where its bytes come from is in its sources.</summary>
public sealed class Video
{
    private readonly List<VideoSource> _sources = [];
    private readonly List<VideoImage> _images = [];

    private Video()
    {
    }

    public Id<Video> Id { get; private set; }

    /// <summary>Its name in public URLs; see <see cref="Foundation.PublicId"/>.</summary>
    public string PublicId { get; private set; } = "";

    /// <summary>Its name towards the fediverse: a random UUIDv4, because some receivers refuse other versions.</summary>
    public Guid FederationId { get; private set; }

    public Id<Channel> ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!; // loaded by EF whenever a query includes it

    public string Title { get; private set; } = "";

    /// <summary>Plain text with line breaks; null when nothing has been written.</summary>
    public string? Description { get; private set; }

    public List<string> Tags { get; private set; } = [];

    public string? Category { get; private set; }

    /// <summary>BCP 47; null when not said.</summary>
    public string? Language { get; private set; }

    public string? Licence { get; private set; }

    public Visibility Visibility { get; private set; }

    public VideoState State { get; private set; }

    /// <summary>Null until the media has been looked at.</summary>
    public long? DurationInMilliseconds { get; private set; }

    /// <summary>First moment its audience may see it (UTC); in the future while scheduled, null while a draft.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Publish by itself as soon as it plays.</summary>
    public bool PublishWhenReady { get; private set; }

    /// <summary>When it went to the trash; null when it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Rises with every edit by a person; what <c>ETag</c> and <c>If-Match</c> compare.</summary>
    public int Revision { get; private set; }

    /// <summary>Why processing failed, as a stable code; null when it has not.</summary>
    public string? ProblemCode { get; private set; }

    /// <summary>The same in words for its creator.</summary>
    public string? ProblemMessage { get; private set; }

    /// <summary>Name of the storyboard's pictures and tracks under its media address; null when there is none.</summary>
    public string? StoryboardName { get; private set; }

    /// <summary>Where what is shown starts, in the whole film; null when nothing is cut off. What is hidden is kept.</summary>
    public long? TrimStartInMilliseconds { get; private set; }

    /// <summary>Where it ends; null together with the start.</summary>
    public long? TrimEndInMilliseconds { get; private set; }

    public IReadOnlyList<VideoSource> Sources => _sources;

    public IReadOnlyList<VideoImage> Images => _images;

    public bool IsPlayable => State is VideoState.Playable or VideoState.Ready;

    public static Video FromUpload(NewVideo details, Id<Channel> channelId, Guid federationId, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var video = new Video
        {
            Id = Id<Video>.New(clock),
            PublicId = Foundation.PublicId.New(),
            FederationId = federationId,
            ChannelId = channelId,
            Title = details.Title,
            Visibility = details.Visibility,
            PublishWhenReady = details.PublishWhenReady,
            State = VideoState.Waiting,
            CreatedAt = now,
            UpdatedAt = now,
            Revision = 1,
        };
        video._sources.Add(VideoSource.Upload(video.Id, clock));
        return video;
    }

    /// <summary>A live's recording: it plays at once, and everything it will ever have is here.</summary>
    public static Video FromRecording(Id<Video> id, VideoRecording recording, Id<Channel> channelId, Guid federationId, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var video = new Video
        {
            Id = id,
            PublicId = Foundation.PublicId.New(),
            FederationId = federationId,
            ChannelId = channelId,
            Title = recording.Title,
            Description = recording.Description,
            Tags = [.. recording.Tags],
            Visibility = recording.Visibility,
            State = VideoState.Ready,
            DurationInMilliseconds = (long)recording.Duration.TotalMilliseconds,
            PublishedAt = recording.Visibility == Visibility.Private ? null : now,
            CreatedAt = now,
            UpdatedAt = now,
            Revision = 1,
        };
        video._sources.Add(VideoSource.Recording(video.Id, clock));
        return video;
    }

    public void Edit(VideoDetails details, DateTimeOffset now)
    {
        Title = details.Title;
        Description = details.Description;
        Tags = [.. details.Tags];
        Category = details.Category;
        Language = details.Language;
        Licence = details.Licence;
        Visibility = details.Visibility;
        Touch(now);
    }

    /// <param name="at">First public moment; a future one schedules it.</param>
    public Result<Video> Publish(DateTimeOffset at, DateTimeOffset now)
    {
        if (!IsPlayable)
        {
            return VideoFailures.NotPlayable;
        }

        // Publishing again is not news: the first moment stays.
        PublishedAt = PublishedAt <= now ? PublishedAt : at;
        PublishWhenReady = false;
        Touch(now);
        return this;
    }

    public Result<Video> PublishOnceReady(DateTimeOffset now)
    {
        if (State == VideoState.Failed)
        {
            return VideoFailures.NotPlayable;
        }

        if (IsPlayable)
        {
            return Publish(now, now);
        }

        PublishWhenReady = true;
        Touch(now);
        return this;
    }

    public void Unpublish(DateTimeOffset now)
    {
        PublishedAt = null;
        PublishWhenReady = false;
        Touch(now);
    }

    public void MoveToTrash(DateTimeOffset now)
    {
        DeletedAt = now;
        Touch(now);
    }

    /// <summary>From here on it cannot be taken back; what removes its files may then be interrupted and go on later.</summary>
    public void GiveUp() => DeletedAt = DateTimeOffset.UnixEpoch;

    public void Restore(DateTimeOffset now)
    {
        DeletedAt = null;
        Touch(now);
    }

    public void StartProcessing(TimeSpan duration)
    {
        DurationInMilliseconds = (long)duration.TotalMilliseconds;
        ProblemCode = null;
        ProblemMessage = null;
        if (!IsPlayable)
        {
            State = VideoState.Processing;
        }
    }

    /// <returns>True when it became playable just now; publishes it where its creator asked for that.</returns>
    public bool BecomePlayable(DateTimeOffset now)
    {
        if (IsPlayable)
        {
            return false;
        }

        State = VideoState.Playable;
        if (PublishWhenReady)
        {
            PublishedAt ??= now;
            PublishWhenReady = false;
        }

        return true;
    }

    public void BecomeReady() => State = VideoState.Ready;

    /// <summary>A playable video with a broken quality stays playable: viewers lose nothing.</summary>
    public void Fail(string problemCode, string problemMessage)
    {
        ProblemCode = problemCode;
        ProblemMessage = problemMessage;
        State = IsPlayable ? State : VideoState.Failed;
    }

    public void RetryProcessing()
    {
        ProblemCode = null;
        ProblemMessage = null;
        State = State == VideoState.Failed ? VideoState.Processing : State;
    }

    public void ReplaceImages(IEnumerable<VideoImage> images)
    {
        _images.Clear();
        _images.AddRange(images);
    }

    /// <summary>Shows only a part; nothing is thrown away. Moments of the whole film, both where its segments meet.</summary>
    public Result<Video> Trim(TimeSpan start, TimeSpan end, DateTimeOffset now)
    {
        if (State != VideoState.Ready || DurationInMilliseconds is null)
        {
            return VideoFailures.NotTrimmable;
        }

        TrimStartInMilliseconds = (long)start.TotalMilliseconds;
        TrimEndInMilliseconds = (long)end.TotalMilliseconds;
        Touch(now);
        return this;
    }

    public void Untrim(DateTimeOffset now)
    {
        TrimStartInMilliseconds = null;
        TrimEndInMilliseconds = null;
        Touch(now);
    }

    /// <summary>They are kept beside it; what it becomes by them is another revision.</summary>
    public void ChangeChapters(DateTimeOffset now) => Touch(now);

    public void AddStoryboard(string name) => StoryboardName = name;

    /// <summary>Until another is made.</summary>
    public void DropStoryboard() => StoryboardName = null;

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Revision++;
    }
}

/// <summary>Who may watch a published video. One function reads it: <see cref="PlaybackAccess"/>.</summary>
public enum Visibility
{
    Public,

    /// <summary>Whoever has the address; in no list.</summary>
    Unlisted,

    /// <summary>Only those who manage it.</summary>
    Private,

    /// <summary>Whoever is signed in.</summary>
    Internal,
}

/// <summary>How far a video has come.</summary>
public enum VideoState
{
    /// <summary>Its bytes are here; nothing has been done with them yet.</summary>
    Waiting,

    /// <summary>Being made; does not play yet.</summary>
    Processing,

    /// <summary>Plays; more qualities are being made.</summary>
    Playable,

    /// <summary>Everything planned is made.</summary>
    Ready,

    /// <summary>Cannot be played; the reason stands beside.</summary>
    Failed,
}

/// <summary>What is known of a recording when its live ends. A private one stays a draft, others are published.</summary>
public sealed record VideoRecording(string Title, string? Description, IReadOnlyList<string> Tags, Visibility Visibility, TimeSpan Duration);

/// <summary>What is known of a video when its bytes arrive.</summary>
public sealed record NewVideo(string Title, Visibility Visibility, bool PublishWhenReady);
