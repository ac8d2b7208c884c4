using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Takes back a message: one's own, or anybody's for who moderates the chat. Nothing shows it any more, in the room or in a replay.</summary>
public sealed class DeleteChatMessage(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> when missing, deleted, or not the caller's to delete; <c>chat.edited_elsewhere</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        var userId = new Id<User>(caller.UserId ?? Guid.Empty);
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);

        // Primary key.
        var message = await db.ChatMessages
            .Where(candidate => candidate.Id == id && (candidate.State == ChatMessageState.Shown || candidate.State == ChatMessageState.Held))
            .Where(candidate => moderated.Any(live => live.Id == candidate.LiveId)
                || (candidate.AuthorId == userId && db.Lives.Any(live => live.Id == candidate.LiveId && live.PublicId == publicId && live.DeletedAt == null)))
            .SingleOrDefaultAsync(cancellationToken);
        if (message is null)
        {
            return ChatFailures.MessageNotFound;
        }

        var now = clock.GetUtcNow();
        var wasHeld = message.State == ChatMessageState.Held;
        message.Delete(userId, now);
        var chat = await db.LiveChats.SingleOrDefaultAsync(candidate => candidate.LiveId == message.LiveId && candidate.PinnedMessageId == id, cancellationToken);
        chat?.Pin(message: null, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChatFailures.EditedElsewhere;
        }

        await rooms.AnnounceAsync(publicId, wasHeld ? new ChatHeldSettled(id.Value) : new ChatMessageDeleted(id.Value), CancellationToken.None);
        if (chat is not null)
        {
            await rooms.AnnounceAsync(publicId, new ChatPinned(Message: null), CancellationToken.None);
        }

        return Done.Value;
    }
}
