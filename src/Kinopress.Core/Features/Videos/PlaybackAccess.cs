using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>
/// The one answer to "may this person watch this video?", for the page, the API, the embed, the feeds, the media
/// addresses and other sites.
/// </summary>
public static class PlaybackAccess
{
    public static PlaybackDecision Decide(VideoAudience video, Caller caller, DateTimeOffset now)
    {
        if (caller.Owns(video.OwnerId, Capability.ManageOwnVideos, Capability.ManageAnyVideo) && caller.HasScope(ReadScope))
        {
            return video.DeletedAt is null ? PlaybackDecision.Allowed : PlaybackDecision.Hidden;
        }

        if (video.DeletedAt is not null || video.PublishedAt is null || video.PublishedAt > now)
        {
            return PlaybackDecision.Hidden;
        }

        return video.Visibility switch
        {
            Visibility.Public or Visibility.Unlisted => PlaybackDecision.Allowed,
            Visibility.Internal => caller.IsSignedIn && caller.HasScope(ReadScope) ? PlaybackDecision.Allowed : PlaybackDecision.AfterSigningIn,
            _ => PlaybackDecision.Hidden,
        };
    }

    /// <summary>The scope a token needs to see what its user sees beyond the public.</summary>
    public const string ReadScope = "videos:read";
}

/// <summary>What <see cref="PlaybackAccess"/> looks at.</summary>
public sealed record VideoAudience(Guid OwnerId, Visibility Visibility, DateTimeOffset? PublishedAt, DateTimeOffset? DeletedAt);

/// <summary>Whether somebody may watch, and if not, what would allow it.</summary>
public enum PlaybackDecision
{
    Allowed,

    /// <summary>Nothing would: for this person the video does not exist.</summary>
    Hidden,

    /// <summary>Signing in would.</summary>
    AfterSigningIn,
}
