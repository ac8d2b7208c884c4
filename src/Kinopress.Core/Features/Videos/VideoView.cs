using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>A video made for reading: pages, themes and the API build on it.</summary>
public sealed record VideoView
{
    public required Id<Video> Id { get; init; }

    public required string PublicId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Category { get; init; }

    public string? Language { get; init; }

    public string? Licence { get; init; }

    public required Visibility Visibility { get; init; }

    public required VideoState State { get; init; }

    /// <summary>0 to 1: how much of the planned work is done.</summary>
    public required double Progress { get; init; }

    /// <summary>Null until the media has been looked at.</summary>
    public long? DurationInMilliseconds { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public required bool PublishWhenReady { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Revision { get; init; }

    public string? ProblemCode { get; init; }

    public string? ProblemMessage { get; init; }

    public string? StoryboardName { get; init; }

    public required IReadOnlyList<VideoImageView> Images { get; init; }

    public required VideoChannelView Channel { get; init; }

    public bool IsPlayable => State is VideoState.Playable or VideoState.Ready;

    public VideoAudience Audience => new(Channel.OwnerId, Visibility, PublishedAt, DeletedAt);
}

/// <summary>One size of a video's picture, in pixels.</summary>
public sealed record VideoImageView(string Name, int Width, int Height);

/// <summary>A video as its media addresses see it.</summary>
public sealed record VideoMedia(Id<Video> Id, VideoAudience Audience, string? StoryboardName, IReadOnlyList<VideoImageFile> Images);

/// <summary>Where a picture lies.</summary>
public sealed record VideoImageFile(string Name, string BlobKey);

/// <summary>The channel a video belongs to.</summary>
public sealed record VideoChannelView(string Handle, string Name, Guid OwnerId);
