using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>A person who may not write in the rooms of a channel, for a while or for good. One for each person and channel.</summary>
public sealed class ChatRestriction
{
    /// <summary>The longest time-out; longer is a ban.</summary>
    public static readonly TimeSpan LongestTimeOut = TimeSpan.FromDays(14);

    private ChatRestriction()
    {
    }

    public Id<ChatRestriction> Id { get; private set; }

    public Id<Channel> ChannelId { get; private set; }

    public Id<User> UserId { get; private set; }

    /// <summary>When a time-out ends; null for a ban.</summary>
    public DateTimeOffset? Until { get; private set; }

    public Id<User> ById { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static ChatRestriction Create(Id<Channel> channelId, Id<User> userId, DateTimeOffset? until, Id<User> by, TimeProvider clock)
    {
        var restriction = new ChatRestriction { Id = Id<ChatRestriction>.New(clock), ChannelId = channelId, UserId = userId };
        restriction.Renew(until, by, clock.GetUtcNow());
        return restriction;
    }

    /// <summary>The newest decision counts.</summary>
    /// <param name="until">Null for a ban.</param>
    public void Renew(DateTimeOffset? until, Id<User> by, DateTimeOffset now)
    {
        Until = until;
        ById = by;
        CreatedAt = now;
    }
}
