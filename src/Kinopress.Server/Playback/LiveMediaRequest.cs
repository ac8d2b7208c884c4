using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host.Media;
using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Playback;

/// <summary>Finds the broadcast a media address names, if whoever asks may have it.</summary>
internal sealed class LiveMediaRequest(LiveAudiences audiences, Broadcasts broadcasts, MediaTokens tokens, CurrentCaller current, TimeProvider clock)
{
    /// <summary>Null when it does not exist, is not on air, or is not for this caller.</summary>
    public async ValueTask<Broadcast?> FindAsync(string token, string publicId, CancellationToken cancellationToken)
    {
        if (broadcasts.Find(publicId) is not { } broadcast
            || await audiences.GetAsync(publicId, cancellationToken) is not { Audience: { DeletedAt: null } audience })
        {
            return null;
        }

        var mayWatch = LiveAccess.Decide(audience, Caller.Stranger, clock.GetUtcNow()) == PlaybackDecision.Allowed
            || (!MediaRequest.IsPublic(token) && tokens.Allows(token, publicId, audience, current.SessionId));
        return mayWatch ? broadcast : null;
    }
}
