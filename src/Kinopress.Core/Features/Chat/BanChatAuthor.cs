using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Keeps a person from writing in all rooms of a channel: for a while, which is a time-out, or for good.</summary>
public sealed class BanChatAuthor(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <param name="id">Any message of the person.</param>
    /// <param name="duration">Up to <see cref="ChatRestriction.LongestTimeOut"/>; null for good.</param>
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.may_not_be_banned</c>, <c>chat.invalid</c>, <c>chat.edited_elsewhere</c>.</returns>
    public async Task<Result<ChatRestrictionView>> RunAsync(string publicId, Id<ChatMessage> id, TimeSpan? duration, Caller caller, CancellationToken cancellationToken)
    {
        if (duration is { } length && (length <= TimeSpan.Zero || length > ChatRestriction.LongestTimeOut))
        {
            return ChatFailures.Invalid(new Dictionary<string, string>(StringComparer.Ordinal) { ["minutes"] = "Use 1 to 20160 minutes, or none for good." });
        }

        await rooms.SettleAsync(publicId, cancellationToken);
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);

        // Primary keys.
        var found = await db.ChatMessages.AsNoTracking()
            .Where(message => message.Id == id)
            .Join(moderated, message => message.LiveId, live => live.Id, (message, live) => new { message.AuthorId, message.LiveId, live.ChannelId, live.Channel.OwnerId })
            .Join(db.Users, row => row.AuthorId, user => user.Id, (row, user) => new { row.AuthorId, row.LiveId, row.ChannelId, row.OwnerId, user.Name, user.Role })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return ChatFailures.MessageNotFound;
        }

        if (ChatQueries.RoleOf(found.AuthorId, found.Role, found.OwnerId) != ChatRole.Member)
        {
            return ChatFailures.MayNotBeRestricted;
        }

        var now = clock.GetUtcNow();
        var by = new Id<User>(caller.UserId ?? Guid.Empty);

        // Index ix_chat_restrictions_channel_user.
        var restriction = await db.ChatRestrictions.SingleOrDefaultAsync(candidate => candidate.ChannelId == found.ChannelId && candidate.UserId == found.AuthorId, cancellationToken);
        if (restriction is null)
        {
            restriction = ChatRestriction.Create(found.ChannelId, found.AuthorId, now + duration, by, clock);
            db.ChatRestrictions.Add(restriction);
        }
        else
        {
            restriction.Renew(now + duration, by, now);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return ChatFailures.EditedElsewhere; // another moderator was first
        }

        await rooms.AnnounceAsync(publicId, new ChatAuthorChanged(ChatAuthor.KeyOf(found.LiveId, found.AuthorId), new ChatAuthorRestriction(restriction.Until)), CancellationToken.None);
        return new ChatRestrictionView(restriction.Id, found.Name, restriction.Until, restriction.CreatedAt);
    }
}
